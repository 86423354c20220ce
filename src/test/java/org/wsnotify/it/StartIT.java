package org.wsnotify.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a server starts: without any setting, with wrong ones, and with several sources of settings. */
class StartIT {

    private static final String HASH_OF_NEW_KEY = "479a61d5370a0351ad498a8f324e0f9ad50bfafbe4c044ea49cbe3981e8cb573";

    @TempDir
    Path directory;

    @Test
    void serverWithoutSettingsIsReadyAndRefusesLogins() {
        try (TestServer server = TestServer.in(directory).start()) {
            Publisher publisher = new Publisher(server.http("/notify"));
            assertThat(publisher
                            .form(Map.of("content", "c", "users", "[{\"id\":1}]"))
                            .status())
                    .isEqualTo(200);
            assertThat(server.status("/")).isEqualTo(200);
            assertThat(server.text("/"))
                    .contains("snippets.js")
                    .doesNotContain("<notification-bell", "landing.js", "src=\"bell.js\"", "ring-me", "demo/");
            assertThat(server.status("/demo/")).isEqualTo(404);
            assertThat(server.status("/demo/index.html")).isEqualTo(404);
            assertThat(server.status("//demo/index.html")).isNotEqualTo(200);
            try (Client client = Client.connect(server.socket())) {
                client.join("alice", "alice");
                client.awaitError("login-unavailable");
            }
            assertThat(server.log()).contains("jdbc/security");
            assertThat(server.log())
                    .containsOnlyOnce("notification.mail.host is not set: mails are written as files into ");
            assertThat(server.log())
                    .containsOnlyOnce("started: notifications are kept in the folder ")
                    .containsOnlyOnce(
                            "notification-mail; users come from nowhere; callers on this machine may publish");
            assertThat(directory.resolve("notification-data")).isDirectory();
        }
    }

    @Test
    void invalidSettingsStopTheStartWithOneSentence() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "not a folder");
        try (TestServer notANumber = server("number").withEnvironment("NOTIFICATION_PAGE_SIZE", "many");
                TestServer twoStores = server("stores")
                        .withEnvironment("NOTIFICATION_MONGODB_URI", "mongodb://127.0.0.1/")
                        .withEnvironment("NOTIFICATION_EMBEDDED_DIRECTORY", "data");
                TestServer noMails = server("mails").with("notification.mail.directory", file + "/mails");
                TestServer noFolder = server("folder").with("notification.embedded.directory", file.toString());
                TestServer damaged = server("damaged");
                TestServer noTable = server("table").with("notification.login.table", "users; DROP TABLE users")) {
            assertDoesNotStart(
                    notANumber, "The setting notification.page-size=many is not a whole number from 1 to 1000.");
            assertDoesNotStart(
                    twoStores,
                    "Both notification.mongodb.uri and notification.embedded.directory are set, but there is only one "
                            + "store: remove one of them.");
            assertDoesNotStart(noFolder, "The setting notification.embedded.directory cannot work: ");
            assertDoesNotStart(
                    noMails,
                    "The setting notification.mail.directory cannot work: The directory " + file
                            + "/mails for mails cannot be created.");
            Files.createDirectories(damaged.directory().resolve("notification-data"));
            Files.writeString(damaged.directory().resolve("notification-data/notifications.mv"), "no such file");
            assertDoesNotStart(damaged, "The setting notification.embedded.directory cannot work: ");
            assertDoesNotStart(
                    noTable,
                    "The setting notification.login.table=users; DROP TABLE users is not a name of letters, "
                            + "digits and _, optionally after a schema and a dot.");
        }
    }

    private TestServer server(String name) {
        return TestServer.in(directory.resolve(name));
    }

    private static void assertDoesNotStart(TestServer server, String sentence) {
        server.launch();
        Awaitility.await(sentence)
                .atMost(Duration.ofMinutes(2))
                .until(() ->
                        server.log().contains("cannot start: " + sentence) && server.status("/health/ready") == 503);
        assertThat(server.text("/health/ready")).contains("The server did not start; its log says why");
        assertThat(server.status("/health/started")).isEqualTo(503);
        assertThat(server.status("/")).isEqualTo(503);
        assertThat(new Publisher(server.http("/notify"))
                        .json("{'content':'c','users':[]}")
                        .code())
                .isEqualTo("not-started");
        server.close();
        assertThat(server.log())
                .containsOnlyOnce(sentence)
                .doesNotContain("\tat ", "Exception", "mails are written", "stopping, with");
    }

    @Test
    void keysAreLiteralAndUnknownSettingsAreLogged() {
        try (TestServer server = TestServer.in(directory)
                .withEnvironment(
                        "NOTIFICATION_API_KEYS", "key-${HOME}-x,$HOME,back\\slash,q\"u'o#t,${ENV=HOME},${none}")
                .withEnvironment("HOME", "/home/me")
                .withEnvironment("NOTIFICATION_MONGO_URI", "mongodb://secret/")
                .start()) {
            Publisher publisher = new Publisher(server.http("/notify"));
            for (String key : List.of("key-${HOME}-x", "$HOME", "back\\slash", "q\"u'o#t", "${ENV=HOME}", "${none}")) {
                assertThat(publisher
                                .json("{'content':'c','users':[]}", "X-API-Key", key)
                                .status())
                        .as(key)
                        .isEqualTo(200);
            }
            assertThat(publisher
                            .json("{'content':'c','users':[]}", "X-API-Key", "key-/home/me-x")
                            .status())
                    .isEqualTo(403);
            assertThat(server.log())
                    .containsOnlyOnce("there is no setting NOTIFICATION_MONGO_URI, it is ignored: "
                            + "did you mean notification.mongodb.uri?")
                    .doesNotContain("mongodb://secret");
        }
    }

    @Test
    void callersWithoutAKeyAreRefused() {
        try (TestServer server = TestServer.in(directory)
                .withEnvironment("NOTIFICATION_API_KEYS", "old-key,sha256:" + HASH_OF_NEW_KEY)
                .with("mp.config.profile", "release")
                .with("%release.notification.notify.max-users", "2")
                .start()) {
            Publisher publisher = new Publisher(server.http("/notify"));
            String body = "{'content':'c','users':[]}";
            Publisher.Answer none = publisher.json(body);
            assertThat(none.status()).isEqualTo(401);
            assertThat(none.headers().firstValue("WWW-Authenticate")).isPresent();
            assertThat(publisher.json(body, "Authorization", "Bearer wrong").status())
                    .isEqualTo(403);
            assertThat(publisher.json(body, "Authorization", "Bearer new-key").status())
                    .isEqualTo(200);
            assertThat(publisher.json(body, "X-API-Key", "old-key").status()).isEqualTo(200);
            assertThat(publisher
                            .form(Map.of("content", "c", "apikey", "old-key"))
                            .status())
                    .isEqualTo(200);
            assertThat(publisher
                            .post("", new byte[0], "?content=c&apikey=old-key")
                            .status())
                    .isEqualTo(200);
            assertThat(publisher
                            .json("{'content':'c','users':[{'id':1},{'id':2},{'id':3}]}", "X-API-Key", "old-key")
                            .code())
                    .isEqualTo("too-many-users");
            keyComesBeforeTheBody(server, publisher);
            idempotencyKeysAreOfOneApiKey(publisher);
            anAllowedTypeIsReadInAnyCaseAndACompressedBodyNot(publisher);
            slowStrangersTakeNoPlaceFromPublishers(server, publisher);
            wrongKeysMustWait(publisher);
            assertThat(server.log()).containsOnlyOnce("1 of 2 keys have fewer than 128 bits");
            assertThat(server.log()).doesNotContain("old-key").doesNotContain("new-key", HASH_OF_NEW_KEY);
        }
    }

    /** The key may be inside a small form only. The heads below announce four megabytes that never come. */
    private static void keyComesBeforeTheBody(TestServer server, Publisher publisher) {
        assertThat(publisher
                        .json("{'content':'c','users':[],'apikey':'old-key'}")
                        .code())
                .isEqualTo("api-key-required");
        assertThat(publisher
                        .post(Publisher.FORM, "apikey=old-key&content=" + "x".repeat(65_536))
                        .code())
                .isEqualTo("api-key-required");
        for (String type :
                List.of("application/json", "text/plain", "multipart/form-data; boundary=b", Publisher.FORM)) {
            try (RawHttp unsent = RawHttp.announce(server.port(), "/notify", 4_000_000, "Content-Type: " + type)) {
                assertThat(unsent.head().status()).as(type).isEqualTo(401);
            }
        }
    }

    private static void slowStrangersTakeNoPlaceFromPublishers(TestServer server, Publisher publisher) {
        List<RawHttp> slow = Stream.generate(
                        () -> RawHttp.announce(server.port(), "/notify", 1000, "Content-Type: " + Publisher.FORM))
                .limit(100)
                .toList();
        try {
            assertThat(server.status("/health/ready")).isEqualTo(200);
            assertThat(publisher
                            .json("{'content':'c','users':[]}", "X-API-Key", "old-key")
                            .status())
                    .isEqualTo(200);
        } finally {
            slow.forEach(RawHttp::close);
        }
        Awaitility.await("a place")
                .until(() -> publisher
                                .form(Map.of("content", "c", "apikey", "old-key"))
                                .status()
                        == 200);
    }

    private static void idempotencyKeysAreOfOneApiKey(Publisher publisher) {
        for (String key : List.of("old-key", "new-key")) {
            String body = "{'content':'of " + key + "','users':[{'id':1}]}";
            assertThat(publisher
                            .json(body, "X-API-Key", key, "Idempotency-Key", "1")
                            .status())
                    .isEqualTo(200);
            assertThat(publisher
                            .json("{'content':'another','users':[{'id':1}]}", "X-API-Key", key, "Idempotency-Key", "1")
                            .code())
                    .isEqualTo("idempotency-key-reused");
        }
    }

    private static void anAllowedTypeIsReadInAnyCaseAndACompressedBodyNot(Publisher publisher) {
        String body = "{\"content\":\"c\",\"users\":[]}";
        assertThat(publisher
                        .post("Application/JSON", body, "X-API-Key", "old-key")
                        .status())
                .isEqualTo(200);
        assertThat(publisher
                        .post("application/json", body, "X-API-Key", "old-key", "Content-Encoding", "gzip")
                        .status())
                .isEqualTo(415);
    }

    private static void wrongKeysMustWait(Publisher publisher) {
        String body = "{'content':'c','users':[]}";
        Awaitility.await("a wait")
                .until(() -> publisher.json(body, "X-API-Key", "wrong").code().equals("too-many-attempts"));
        assertThat(publisher.json(body, "X-API-Key", "old-key").status()).isEqualTo(200);
    }
}
