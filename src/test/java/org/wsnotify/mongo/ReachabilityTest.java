package org.wsnotify.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.ConnectionString;
import com.mongodb.MongoCommandException;
import com.mongodb.MongoCredential;
import com.mongodb.MongoSecurityException;
import com.mongodb.MongoSocketException;
import com.mongodb.ServerAddress;
import com.mongodb.connection.ClusterConnectionMode;
import com.mongodb.connection.ClusterDescription;
import com.mongodb.connection.ClusterSettings;
import com.mongodb.connection.ClusterType;
import com.mongodb.connection.ServerConnectionState;
import com.mongodb.connection.ServerDescription;
import com.mongodb.connection.ServerSettings;
import com.mongodb.connection.ServerType;
import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.bson.BsonDocument;
import org.junit.jupiter.api.Test;
import org.wsnotify.notification.StoreUnavailableException;

/** What an operator is told of a database that cannot be reached. */
class ReachabilityTest {

    private static final ConditionFactory PATIENTLY = Awaitility.await().atMost(Duration.ofSeconds(20));

    private static String reason(String uri) {
        try (MongoConnection connection = new MongoConnection(options(uri))) {
            return PATIENTLY.until(() -> trouble(connection), told -> !told.contains("no answer yet"));
        }
    }

    /** The driver has its usual time to connect: a busy machine may answer late, and that would be a reason, too. */
    private static MongoOptions options(String uri) {
        String all = uri + (uri.contains("?") ? "&" : "?") + "serverSelectionTimeoutMS=200";
        return new MongoOptions(all, "test", Duration.ofMillis(200), Duration.ofDays(1));
    }

    private static String trouble(MongoConnection connection) {
        try {
            connection.check();
            return "none";
        } catch (StoreUnavailableException e) {
            return e.getMessage();
        }
    }

    @Test
    void anUnknownHostIsReported() {
        assertThat(reason("mongodb://anna:s3cret@no-such-host.invalid:27018/"))
                .isEqualTo("MongoDB: ping failed: no primary is known (no-such-host.invalid:27018: unknown host)");
    }

    /**
     * The driver leaves a server of another set, or of none, unknown; so it cannot be told from one that has not
     * answered yet.
     */
    @Test
    void aServerOutsideTheReplicaSetIsReportedWithTheSet() {
        MongoServer alone = new MongoServer(new MemoryBackend());
        String address = "127.0.0.1:" + alone.bind().getPort();
        try (MongoConnection ofSet = new MongoConnection(options("mongodb://" + address + "/?replicaSet=rs1"));
                MongoConnection ofOne = new MongoConnection(options("mongodb://" + address + "/"))) {
            PATIENTLY.untilAsserted(() -> assertThat(trouble(ofOne)).isEqualTo("none"));
            PATIENTLY.untilAsserted(() -> assertThat(trouble(ofSet))
                    .isEqualTo("MongoDB: ping failed: no primary is known (" + address
                            + ": no answer yet, or not in the replica set rs1)"));
        } finally {
            alone.shutdownNow();
        }
    }

    @Test
    void aServerThatClosesAtOnceIsReportedAsATlsProblem() throws IOException {
        try (ServerSocket closing = new ServerSocket(0)) {
            Thread server = new Thread(() -> closeEverything(closing));
            server.start();
            assertThat(reason("mongodb://127.0.0.1:" + closing.getLocalPort() + "/"))
                    .containsPattern("closes connections; if it wants TLS, the URI needs tls=true|Connection reset");
            assertThat(reason("mongodb://127.0.0.1:" + closing.getLocalPort() + "/?tls=true"))
                    .contains(closing.getLocalPort() + ": TLS: ");
        }
    }

    @SuppressWarnings("EmptyCatch") // the end
    private static void closeEverything(ServerSocket server) {
        try {
            while (true) {
                server.accept().close();
            }
        } catch (IOException e) {
            // the test is over
        }
    }

    @Test
    void membersAreReportedWithTheirNameAndRole() {
        ServerAddress ofUri = new ServerAddress("db.example.org", 27017);
        ServerAddress own = new ServerAddress("mongo-1", 27017);
        ClusterDescription cluster = new ClusterDescription(
                ClusterConnectionMode.MULTIPLE,
                ClusterType.REPLICA_SET,
                List.of(
                        server(ofUri)
                                .type(ServerType.REPLICA_SET_SECONDARY)
                                .ok(true)
                                .state(ServerConnectionState.CONNECTED)
                                .build(),
                        server(own)
                                .exception(new MongoSocketException(
                                        "mongo-1", own, new UnknownHostException("mongo-1: Name or service not known")))
                                .build()),
                ClusterSettings.builder().build(),
                ServerSettings.builder().build());

        assertThat(Reachability.reason(
                        cluster,
                        new ConnectionString("mongodb://db.example.org/")
                                .getHosts().stream()
                                        .map(host -> new ServerAddress(host).toString())
                                        .toList()))
                .isEqualTo("db.example.org:27017: replica set secondary; "
                        + "mongo-1:27017 (as the replica set calls it, not the URI): unknown host");
    }

    @Test
    void aRefusedLoginIsReportedWithoutTheServersMessage() {
        ServerAddress address = new ServerAddress("db.example.org", 27017);
        MongoSecurityException refused = new MongoSecurityException(
                MongoCredential.createCredential("anna", "admin", "s3cret".toCharArray()),
                "Exception authenticating",
                new MongoCommandException(BsonDocument.parse("{ok: 0, errmsg: 'Authentication failed.'}"), address));
        ClusterDescription cluster = new ClusterDescription(
                ClusterConnectionMode.SINGLE,
                ClusterType.UNKNOWN,
                List.of(server(address).exception(refused).build()),
                ClusterSettings.builder().build(),
                ServerSettings.builder().build());

        assertThat(Reachability.reason(cluster, List.of()))
                .isEqualTo("db.example.org:27017: " + MongoFailures.REFUSED_LOGIN);
    }

    private static ServerDescription.Builder server(ServerAddress address) {
        return ServerDescription.builder().address(address).state(ServerConnectionState.CONNECTING);
    }
}
