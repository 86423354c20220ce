package org.wsnotify.mongo;

import com.mongodb.client.MongoDatabase;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Gives a test class a database of its own: opened before its first test, emptied before each test, dropped after its
 * last test. The class is skipped if there is no such server.
 */
final class DatabasePerClass implements BeforeAllCallback, BeforeEachCallback, AfterAllCallback {

    private final Supplier<MongoTestDatabase> opens;
    private MongoTestDatabase database;

    DatabasePerClass(Supplier<MongoTestDatabase> opens) {
        this.opens = opens;
    }

    MongoConnection connection() {
        return database.connection();
    }

    MongoOptions options() {
        return database.options();
    }

    MongoDatabase database() {
        return database.database();
    }

    String everythingIn(String collection) {
        return database.everythingIn(collection);
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        database = opens.get();
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        database.empty();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (database != null) {
            database.close();
        }
    }
}
