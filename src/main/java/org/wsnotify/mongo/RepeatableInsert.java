package org.wsnotify.mongo;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.InsertManyOptions;
import java.util.List;
import org.bson.Document;

/** Inserts documents that bring their ids, and leaves those alone that are there: so that an insert can be repeated. */
final class RepeatableInsert {

    /** What is repeated when a batch fails; 10,000 documents take ten round trips. */
    private static final int BATCH = 1000;

    private static final InsertManyOptions UNORDERED = new InsertManyOptions().ordered(false);

    private final MongoCollection<Document> collection;
    private final MongoRetry retry;

    RepeatableInsert(MongoCollection<Document> collection, MongoRetry retry) {
        this.collection = collection;
        this.retry = retry;
    }

    /** Inserts durably what is not there. */
    void insert(String what, List<Document> documents) {
        for (int from = 0; from < documents.size(); from += BATCH) {
            List<Document> batch = documents.subList(from, Math.min(from + BATCH, documents.size()));
            retry.call(what, again -> insert(batch));
        }
    }

    private int insert(List<Document> batch) {
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
