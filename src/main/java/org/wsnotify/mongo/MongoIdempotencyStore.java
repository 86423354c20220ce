package org.wsnotify.mongo;

import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.set;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.bulk.BulkWriteError;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.InsertManyOptions;
import com.mongodb.client.model.ReturnDocument;
import com.mongodb.client.model.UpdateOneModel;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.bson.Document;
import org.wsnotify.delivery.IdempotencyStore;
import org.wsnotify.digest.Sha256;

/**
 * Idempotency keys in the collection {@value #COLLECTION}. They are stored as SHA-256, because a key may be of any
 * length and may contain something confidential.
 *
 * <p>Each claim carries the first id that its request proposed, which no other request has: if it was granted but the
 * answer was lost, its repetition is granted too. MongoDB removes keys by itself after {@link
 * MongoOptions#idempotencyKept}. Safe for use by many threads.
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

    private static final InsertManyOptions NOT_IN_ORDER = new InsertManyOptions().ordered(false);
    private static final BulkWriteOptions UNORDERED = new BulkWriteOptions().ordered(false);

    private final MongoCollection<Document> collection;
    private final MongoRetry retry;

    public MongoIdempotencyStore(MongoConnection connection) {
        this.collection = connection.collection(COLLECTION);
        this.retry = connection.retry();
    }

    @Override
    public List<Claim> claim(List<Request> requests, Instant now, Duration lease) {
        List<Document> wanted = requests.stream()
                .map(request -> new Document(ID, Sha256.hex(request.key()))
                        .append(FINGERPRINT, request.fingerprint())
                        .append(FIRST_ID, request.firstId())
                        .append(CLAIMED, now)
                        .append(LEASE_END, now.plus(lease))
                        .append(CLAIM, request.firstId()))
                .toList();
        return retry.call("claiming idempotency keys", again -> {
            Set<Integer> existing = insert(wanted);
            Map<Object, Document> found = existing.isEmpty() ? Map.of() : find(wanted, existing);
            List<Claim> claims = new ArrayList<>();
            for (int i = 0; i < wanted.size(); i++) {
                Document one = wanted.get(i);
                claims.add(
                        existing.contains(i)
                                ? claim(one, Optional.ofNullable(found.get(one.get(ID))), now)
                                : new Claim.Granted(one.getString(FIRST_ID)));
            }
            return claims;
        });
    }

    private Map<Object, Document> find(List<Document> wanted, Set<Integer> which) {
        List<Object> ids =
                which.stream().map(i -> wanted.get(i).get(ID)).distinct().toList();
        Map<Object, Document> found = new HashMap<>();
        collection
                .find(new Document(ID, new Document("$in", ids)))
                .batchSize(ids.size() + 1)
                .forEach(document -> found.put(document.get(ID), document));
        return found;
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
    public void complete(Map<String, String> answers) {
        List<UpdateOneModel<Document>> kept = new ArrayList<>();
        answers.forEach(
                (key, answer) -> kept.add(new UpdateOneModel<>(unanswered(Sha256.hex(key)), set(ANSWER, answer))));
        retry.call("keeping answers", again -> collection.bulkWrite(kept, UNORDERED));
    }

    @Override
    public void release(Collection<String> keys) {
        List<String> ids = keys.stream().map(Sha256::hex).toList();
        retry.call(
                "releasing idempotency keys",
                again -> collection.updateMany(unanswered(new Document("$in", ids)), set(LEASE_END, RELEASED)));
    }

    @Override
    public void forget(Instant before) {
        retry.call(
                "forgetting idempotency keys",
                again -> collection.deleteMany(new Document(CLAIMED, new Document("$lt", before))));
    }

    /** Claims a key that existed. */
    private Claim claim(Document wanted, Optional<Document> found, Instant now) {
        if (found.isPresent() && !isFree(found.get(), wanted, now)) {
            return judged(found.get(), wanted);
        }
        while (true) {
            Document taken = takenOver(wanted, now);
            if (taken != null) {
                return new Claim.Granted(taken.getString(FIRST_ID));
            }
            Document other = collection.find(new Document(ID, wanted.get(ID))).first();
            if (other != null) {
                return judged(other, wanted);
            }
            // It was forgotten in between.
            if (insert(List.of(wanted)).isEmpty()) {
                return new Claim.Granted(wanted.getString(FIRST_ID));
            }
        }
    }

    /** Whether a claim looks as if it could be taken over. */
    private static boolean isFree(Document claimed, Document wanted, Instant now) {
        return claimed.get(FINGERPRINT).equals(wanted.get(FINGERPRINT))
                && claimed.get(ANSWER) == null
                && !claimed.getDate(LEASE_END).toInstant().isAfter(now);
    }

    /** Returns the indexes of those that exist. */
    private Set<Integer> insert(List<Document> wanted) {
        try {
            collection.insertMany(wanted, NOT_IN_ORDER);
            return Set.of();
        } catch (MongoBulkWriteException failure) {
            if (!MongoFailures.onlyDuplicates(failure)) {
                throw failure;
            }
            return failure.getWriteErrors().stream()
                    .map(BulkWriteError::getIndex)
                    .collect(Collectors.toSet());
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

    /** @param id an id, or a condition for ids */
    private static Document unanswered(Object id) {
        return new Document(ID, id).append(ANSWER, new Document("$exists", false));
    }
}
