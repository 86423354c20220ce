package org.wsnotify.mongo;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.exists;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.lte;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.set;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.ReturnDocument;
import java.time.Duration;
import java.time.Instant;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.ObjectId;
import org.wsnotify.delivery.IdempotencyStore;
import org.wsnotify.digest.Sha256;

/**
 * Idempotency keys in the collection {@value #COLLECTION}, under their SHA-256: a key may be of any length and
 * may say something.
 *
 * <p>A claim carries a value of its own, so that one which was granted, but whose answer was lost, is granted when it
 * is repeated. MongoDB removes keys by itself after {@link MongoOptions#idempotencyKept}. Safe for use by many threads.
 */
public final class MongoIdempotencyStore implements IdempotencyStore {

    static final String COLLECTION = "ws_idempotency";

    private static final String ID = "_id";
    private static final String FINGERPRINT = "fingerprint";
    private static final String FIRST_ID = "firstId";
    private static final String CLAIMED = "claimedAt";
    private static final String LEASE_END = "leaseEnd";
    private static final String CLAIM = "claim";
    private static final String ANSWER = "answer";
    private static final Instant RELEASED = Instant.EPOCH;
    private static final FindOneAndUpdateOptions AFTER =
            new FindOneAndUpdateOptions().returnDocument(ReturnDocument.AFTER);

    private final MongoCollection<Document> collection;
    private final MongoRetry retry;

    public MongoIdempotencyStore(MongoConnection connection) {
        this.collection = connection.collection(COLLECTION);
        this.retry = connection.retry();
    }

    @Override
    public Claim claim(String key, String fingerprint, String firstId, Instant now, Duration lease) {
        Document wanted = new Document(ID, Sha256.hex(key))
                .append(FINGERPRINT, fingerprint)
                .append(FIRST_ID, firstId)
                .append(CLAIMED, now)
                .append(LEASE_END, now.plus(lease))
                .append(CLAIM, new ObjectId());
        return retry.call("claiming an idempotency key", again -> claim(wanted, now));
    }

    @Override
    public void renew(String key, Instant leaseEnd) {
        retry.call(
                "renewing the claim of an idempotency key",
                again -> collection.updateOne(
                        and(unanswered(Sha256.hex(key)), gt(LEASE_END, RELEASED)), set(LEASE_END, leaseEnd)));
    }

    @Override
    public void complete(String key, String answer) {
        retry.call(
                "keeping an answer", again -> collection.updateOne(unanswered(Sha256.hex(key)), set(ANSWER, answer)));
    }

    @Override
    public void release(String key) {
        retry.call(
                "releasing an idempotency key",
                again -> collection.updateOne(unanswered(Sha256.hex(key)), set(LEASE_END, RELEASED)));
    }

    @Override
    public void forget(Instant before) {
        retry.call("forgetting idempotency keys", again -> collection.deleteMany(lt(CLAIMED, before)));
    }

    private Claim claim(Document wanted, Instant now) {
        while (true) {
            if (inserted(wanted)) {
                return new Claim.Granted(wanted.getString(FIRST_ID));
            }
            Document taken = takenOver(wanted, now);
            if (taken != null) {
                return new Claim.Granted(taken.getString(FIRST_ID));
            }
            Document other = collection.find(eq(ID, wanted.get(ID))).first();
            if (other != null) {
                return judged(other, wanted);
            }
            // It was forgotten a moment ago: it is ours to claim.
        }
    }

    private boolean inserted(Document wanted) {
        try {
            collection.insertOne(wanted);
            return true;
        } catch (MongoWriteException failure) {
            if (failure.getError().getCategory() != ErrorCategory.DUPLICATE_KEY) {
                throw failure;
            }
            return false;
        }
    }

    /** The claim of somebody who died, or gave it up. */
    private Document takenOver(Document wanted, Instant now) {
        Bson free =
                and(unanswered(wanted.getString(ID)), eq(FINGERPRINT, wanted.get(FINGERPRINT)), lte(LEASE_END, now));
        return collection.findOneAndUpdate(
                free, combine(set(LEASE_END, wanted.get(LEASE_END)), set(CLAIM, wanted.get(CLAIM))), AFTER);
    }

    private static Claim judged(Document other, Document wanted) {
        if (!other.getString(FINGERPRINT).equals(wanted.getString(FINGERPRINT))) {
            return new Claim.Mismatch();
        }
        String answer = other.getString(ANSWER);
        if (answer != null) {
            return new Claim.Answered(answer);
        }
        return other.get(CLAIM).equals(wanted.get(CLAIM))
                ? new Claim.Granted(other.getString(FIRST_ID))
                : new Claim.InProgress();
    }

    private static Bson unanswered(String id) {
        return and(eq(ID, id), exists(ANSWER, false));
    }
}
