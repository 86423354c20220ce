package org.wsnotify.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.ConnectionString;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import java.util.List;
import java.util.function.Supplier;
import org.bson.Document;

/**
 * Lets commands fail as they do when a primary is lost; the server must be started with {@code --enable-test-commands}.
 *
 * @param times how often, over all commands; the driver's own repetitions count
 * @param data what happens
 */
record Failpoint(int times, Document data) {

    private static final int NOT_WRITABLE_PRIMARY = 10107;
    private static final int SHUTDOWN_IN_PROGRESS = 91;

    /** The commands are refused, undone, as by a server that is not the primary any more. */
    static Failpoint notPrimary(int times, String... commands) {
        return of(times, new Document("errorCode", NOT_WRITABLE_PRIMARY), commands);
    }

    /** The commands end with the connection, undone. */
    static Failpoint closedConnection(int times, String... commands) {
        return of(times, new Document("closeConnection", true), commands);
    }

    /** The commands are carried out, but a majority does not confirm them. */
    static Failpoint unconfirmed(int times, String... commands) {
        Document error = new Document("code", SHUTDOWN_IN_PROGRESS).append("errmsg", "shutting down");
        return of(times, new Document("writeConcernError", error), commands);
    }

    /** The commands are refused, undone, with an error of the server. */
    static Failpoint error(int code, int times, String... commands) {
        return of(times, new Document("errorCode", code), commands);
    }

    private static Failpoint of(int times, Document data, String... commands) {
        return new Failpoint(times, data.append("failCommands", List.of(commands)));
    }

    /** Does something meanwhile, and lets commands succeed again. The test must use the server alone. */
    <T> T during(Supplier<T> task) {
        assertThat(ServerUse.isAlone())
                .as("no other test meets the failpoint (MongoTestDatabase.aloneOnServer)")
                .isTrue();
        try (MongoClient client = MongoClients.create(new ConnectionString(MongoTestDatabase.serverUri()))) {
            configure(client, new Document("mode", new Document("times", times)).append("data", data));
            try {
                return task.get();
            } finally {
                configure(client, new Document("mode", "off"));
            }
        }
    }

    private static void configure(MongoClient client, Document how) {
        Document command = new Document("configureFailPoint", "failCommand");
        command.putAll(how);
        client.getDatabase("admin").runCommand(command);
    }
}
