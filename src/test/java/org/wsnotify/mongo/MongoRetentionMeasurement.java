package org.wsnotify.mongo;

import org.bson.Document;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.wsnotify.retention.RetentionMeasurement;

class MongoRetentionMeasurement extends RetentionMeasurement {

    @RegisterExtension
    static final DatabasePerClass DATABASE = new DatabasePerClass(MongoTestDatabase::onServer);

    @Override
    protected Stores emptyStores() {
        MongoConnection connection = DATABASE.connection();
        connection.createIndexes();
        return new Stores(new MongoNotificationStore(connection), new MongoRetentionStore(connection));
    }

    @Override
    protected void compact() {
        // MongoDB reuses the space
    }

    @Override
    protected String size() {
        Document counted =
                DATABASE.connection().database().runCommand(new Document("count", MongoNotificationStore.COLLECTION));
        return counted.get("n") + " documents";
    }
}
