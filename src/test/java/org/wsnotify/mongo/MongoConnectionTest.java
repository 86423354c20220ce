package org.wsnotify.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;
import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.awaitility.Awaitility;
import org.bson.BsonDocument;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.wsnotify.Ports;
import org.wsnotify.notification.StoreUnavailableException;

class MongoConnectionTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mongodb://anna:s3cret@:x/",
                "mongodb://anna:s3cret@@host/",
                "mongodb//anna:s3cret@host/",
                "mongodb://anna:s3cret%@host/",
                "mongodb+srv://anna:s3cret@localhost:1/",
                "mongodb://anna:s3cret@host/?w=-5x&readPreference=s3cret"
            })
    void aWrongUriIsRefusedWithoutItsPassword(String uri) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MongoConnection(MongoOptions.of(uri, "test")))
                .withNoCause()
                .withMessageStartingWith("not a MongoDB URI")
                .withMessageNotContaining("s3cret");
    }

    @Test
    void aWrongUriWithoutAPasswordSaysWhy() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MongoConnection(MongoOptions.of("http://db.example/", "test")))
                .withMessageContaining("must start with");
    }

    @Test
    void optionsTellNoPassword() {
        assertThat(MongoOptions.of("mongodb://anna:s3cret@host/", "test")).hasToString("MongoOptions[test]");
    }

    @Test
    void aStoppedDatabaseIsReportedWithoutThePassword() throws IOException {
        try (Socket nobody = Ports.refusing();
                MongoConnection connection = new MongoConnection(new MongoOptions(
                        "mongodb://anna:s3cret@127.0.0.1:" + nobody.getLocalPort() + "/?serverSelectionTimeoutMS=100",
                        "test",
                        Duration.ofMillis(200),
                        Duration.ofDays(1)))) {
            assertThatExceptionOfType(StoreUnavailableException.class)
                    .isThrownBy(connection::createIndexes)
                    .withMessage("MongoDB: creating indexes failed: no primary is known (127.0.0.1:"
                            + nobody.getLocalPort() + ": Connection refused)")
                    .satisfies(failure -> assertThat(trace(failure)).doesNotContain("s3cret"));
            assertThatExceptionOfType(StoreUnavailableException.class)
                    .isThrownBy(connection::check)
                    .withMessageStartingWith("MongoDB: ping failed: no primary is known (127.0.0.1:");
        }
    }

    @Test
    void aRunningDatabaseIsHealthyAndHasItsIndexes() {
        try (MongoTestDatabase database = MongoTestDatabase.inProcess()) {
            database.connection().check();

            database.connection().createIndexes();

            assertThat(database.connection()
                            .collection(MongoNotificationStore.COLLECTION)
                            .listIndexes())
                    .extracting(index -> index.getString("name"))
                    .containsExactlyInAnyOrder(
                            "_id_",
                            "_userId_1_delete_1_seen_1__id_1_type_1",
                            "_userId_1_group_1__id_1",
                            "expiresAt_1",
                            "deletedAt_1_type_1");
        }
    }

    @Test
    void nodesPresenceAndRelayDocumentsExpire() {
        try (MongoTestDatabase database = MongoTestDatabase.inProcess()) {
            assertThat(expiring(database, MongoNodeStore.COLLECTION)).isEqualTo(Map.of("expiresAt_1", 600L));
            assertThat(expiring(database, MongoPresenceStore.COLLECTION)).isEqualTo(Map.of("brokeAt_1", 60L));
            assertThat(expiring(database, MongoRelayLog.COLLECTION)).isEqualTo(Map.of("at_1", 600L));
        }
    }

    @Test
    void theRelayLogCanHaveADatabaseOfItsOwn() {
        try (MongoTestDatabase database = MongoTestDatabase.inProcess();
                MongoConnection relay =
                        new MongoConnection(MongoOptions.of(database.options().uri(), "relay"))) {
            relay.createRelayIndexes();
            relay.createRelayIndexes();

            assertThat(relay.database().listCollectionNames()).containsExactly(MongoRelayLog.COLLECTION);
        }
    }

    private static Map<String, Long> expiring(MongoTestDatabase database, String collection) {
        Map<String, Long> expiring = new HashMap<>();
        for (Document index : database.database().getCollection(collection).listIndexes()) {
            if (index.get("expireAfterSeconds") instanceof Number seconds) {
                expiring.put(index.getString("name"), seconds.longValue());
            }
        }
        return expiring;
    }

    @Test
    void aDatabaseThatStoppedIsNotHealthy() {
        MongoTestDatabase database = MongoTestDatabase.inProcess();
        MongoConnection connection = database.connection();
        try {
            database.stop();

            Awaitility.await()
                    .atMost(Duration.ofSeconds(10))
                    .untilAsserted(() -> assertThatExceptionOfType(StoreUnavailableException.class)
                            .isThrownBy(connection::check));
        } finally {
            connection.close();
        }
    }

    @Test
    void inAnOutageOnlyTheFirstCallWaitsAndTheEndIsNoticed() {
        MongoServer before = new MongoServer(new MemoryBackend());
        InetSocketAddress address = Ports.freeAddress();
        before.bind(address);
        String uri = "mongodb://127.0.0.1:" + address.getPort() + "/?serverSelectionTimeoutMS=2000";
        try (MongoConnection connection =
                new MongoConnection(new MongoOptions(uri, "test", Duration.ofSeconds(1), Duration.ofDays(1)))) {
            connection.createIndexes();
            before.shutdownNow();
            assertThatExceptionOfType(StoreUnavailableException.class).isThrownBy(connection::createIndexes);

            assertTimeout(Duration.ofSeconds(1), () -> {
                for (int i = 0; i < 1_000; i++) {
                    assertThatExceptionOfType(StoreUnavailableException.class)
                            .isThrownBy(connection::createIndexes)
                            .withMessageStartingWith(
                                    "MongoDB: creating indexes failed: no primary is known (127.0.0.1:");
                }
            });

            MongoServer after = new MongoServer(new MemoryBackend());
            after.bind(address);
            try {
                Awaitility.await()
                        .ignoreExceptionsInstanceOf(StoreUnavailableException.class)
                        .until(() -> {
                            connection.createIndexes();
                            return true;
                        });
            } finally {
                after.shutdownNow();
            }
        }
    }

    @Test
    void writesWaitForAJournaledMajorityWhateverTheUriSays() {
        Map<String, BsonDocument> sent = new ConcurrentHashMap<>();
        CommandListener listener = new CommandListener() {
            @Override
            public void commandStarted(CommandStartedEvent event) {
                sent.put(event.getCommandName(), event.getCommand().clone());
            }
        };
        try (MongoTestDatabase database = MongoTestDatabase.inProcess("?w=1&journal=false", listener)) {
            database.connection().collection("any").insertOne(new Document());
        }

        assertThat(sent.get("insert").getDocument("writeConcern"))
                .isEqualTo(BsonDocument.parse("{w: 'majority', wtimeout: 5000, j: true}"));
    }

    @Test
    void theTimeThatKeysAreKeptCanBeChanged() {
        try (MongoTestDatabase database = MongoTestDatabase.onServer()) {
            MongoOptions options = database.options();
            Duration other = Duration.ofHours(7);
            try (MongoConnection connection =
                    new MongoConnection(new MongoOptions(options.uri(), options.database(), Duration.ZERO, other))) {
                connection.createIndexes();

                List<Document> indexes = connection
                        .collection(MongoIdempotencyStore.COLLECTION)
                        .listIndexes()
                        .into(new ArrayList<>());
                assertThat(indexes)
                        .filteredOn(index -> index.containsKey("expireAfterSeconds"))
                        .extracting(index -> ((Number) index.get("expireAfterSeconds")).longValue())
                        .containsExactly(other.toSeconds());
            }
        }
    }

    private static String trace(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
