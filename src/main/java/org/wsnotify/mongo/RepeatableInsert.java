package org.wsnotify.mongo;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.InsertManyOptions;
import java.util.List;

/**
 * Inserts documents that have their ids already, and leaves existing ones unchanged, so that an insert can be repeated.
 *
 * @param <T> the type of a document; its codec writes an {@code _id}
 */
final class RepeatableInsert<T> {

    /** Documents in one round trip, and repeated together if it fails. */
    private static final int BATCH = 1000;

    private static final InsertManyOptions UNORDERED = new InsertManyOptions().ordered(false);

    private final MongoCollection<T> collection;
    private final MongoRetry retry;

    RepeatableInsert(MongoCollection<T> collection, MongoRetry retry) {
        this.collection = collection;
        this.retry = retry;
    }

    /** Inserts the missing documents durably. */
    void insert(String what, List<T> documents) {
        for (int from = 0; from < documents.size(); from += BATCH) {
            List<T> batch = documents.subList(from, Math.min(from + BATCH, documents.size()));
            retry.call(what, again -> insert(batch));
        }
    }

    private int insert(List<T> batch) {
        try {
            collection.insertMany(batch, UNORDERED);
        } catch (MongoBulkWriteException failure) {
            if (!MongoFailures.onlyDuplicates(failure)) {
                throw failure;
            }
        }
        return batch.size();
    }
}
