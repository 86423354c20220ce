package org.wsnotify.mongo;

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
import org.bson.types.ObjectId;
import org.wsnotify.delivery.IdempotencyStore;
import org.wsnotify.digest.Sha256;

/**
 * Idempotency keys in the collection {@value #COLLECTION}. They are stored as SHA-256, because a key may be of any
 * length and may contain something confidential.
 *
 * <p>Each claim carries a value of its own: if it was granted but the answer was lost, its repetition is granted too.
 * MongoDB removes keys by itself after {@link MongoOptions#idempotencyKept}. Safe for use by many threads.
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
                        unanswered(Sha256.hex(key)).append(LEASE_END, new Document("$gt", RELEASED)),
                        set(LEASE_END, leaseEnd)));
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
        retry.call(
                "forgetting idempotency keys",
                again -> collection.deleteMany(new Document(CLAIMED, new Document("$lt", before))));
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
            Document other = collection.find(new Document(ID, wanted.get(ID))).first();
            if (other != null) {
                return judged(other, wanted);
            }
            // It was forgotten in between: try to claim it again.
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

    /** Takes over a claim that was released, or whose lease ended. */
    private Document takenOver(Document wanted, Instant now) {
        Document free = unanswered(wanted.getString(ID))
                .append(FINGERPRINT, wanted.get(FINGERPRINT))
                .append(LEASE_END, new Document("$lte", now));
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

    private static Document unanswered(String id) {
        return new Document(ID, id).append(ANSWER, new Document("$exists", false));
    }
}
