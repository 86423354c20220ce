package org.wsnotify.mongo;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.InsertManyOptions;
import java.util.List;

/**
 * Inserts documents that bring their ids, and leaves those alone that are there: so that an insert can be repeated.
 *
 * @param <T> what is a document; its codec writes an {@code _id}
 */
final class RepeatableInsert<T> {

    /** What is repeated when a batch fails; 10,000 documents take ten round trips. */
    private static final int BATCH = 1000;

    private static final InsertManyOptions UNORDERED = new InsertManyOptions().ordered(false);

    private final MongoCollection<T> collection;
    private final MongoRetry retry;

    RepeatableInsert(MongoCollection<T> collection, MongoRetry retry) {
        this.collection = collection;
        this.retry = retry;
    }

    /** Inserts durably what is not there. */
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
