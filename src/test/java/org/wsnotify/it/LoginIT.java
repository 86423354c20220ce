package org.wsnotify.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wsnotify.jdbc.BlackHole;
import org.wsnotify.jdbc.MariaDbServer;
import org.wsnotify.password.NewHash;

/** Both ways to log in that docs/login.md describes, on a server. */
class LoginIT {
    private static final String SECRET = "a-secret-of-the-test";

    @TempDir
    Path directory;

    @Test
    void usersOfAMariaDbCanLogIn() throws Exception {
        try (MariaDbServer mariaDb = MariaDbServer.startOrSkip();
                TestServer server = overMariaDb(mariaDb)) {
            mariaDb.execute(
                    "CREATE TABLE accounts (account_id INT PRIMARY KEY, mail VARCHAR(100) UNIQUE, hash VARCHAR(255))",
                    "INSERT INTO accounts VALUES (17, 'anna', '" + NewHash.bcrypt("secret") + "')");
            server.start();
            try (Client client = Client.connect(server.socket())) {
                client.join("anna", "wrong");
                client.awaitError("login-failed");
                client.join("anna", "secret");
                assertThat(client.await("joined").toString()).contains("17");
            }
            assertThat(server.log()).doesNotContain(mariaDb.password(), "secret");
            assertThat(server.status("/metrics")).isEqualTo(200);
        }
    }

    @Test
    void loginIsAnsweredWhileTheDatabaseHangs() throws Exception {
        try (MariaDbServer mariaDb = MariaDbServer.startOrSkip();
                BlackHole relay = new BlackHole(mariaDb.port());
                TestServer server = overMariaDb(mariaDb).withEnvironment("USERS_URL", mariaDb.url(relay.port()))) {
            mariaDb.execute(
                    "CREATE TABLE accounts (account_id INT PRIMARY KEY, mail VARCHAR(100) UNIQUE, hash VARCHAR(255))",
                    "INSERT INTO accounts VALUES (17, 'anna', '" + NewHash.quick("secret") + "')");
            server.start();
            awaitLogin(server);

            relay.swallow();
            assertAllUnavailable(server, 8);
            assertThat(server.log()).contains("the users' database did not answer", "Timeout");
            assertThat(get(server, "/health/ready")).contains("unavailableSeconds");
            assertThat(server.status("/health/ready")).isEqualTo(200);
            assertThat(server.meter("notification_login_unavailable")).isEqualTo(1);
            relay.relayNewConnections();
            awaitLogin(server);
            assertThat(get(server, "/health/ready")).doesNotContain("unavailableSeconds");

            mariaDb.pause();
            assertAllUnavailable(server, 8);
            mariaDb.resume();
            awaitLogin(server);
        }
    }

    /** Eight logins at once, on separate connections: twice as many as are checked at once. */
    private static void assertAllUnavailable(TestServer server, int logins) throws Exception {
        List<Client> clients = new ArrayList<>();
        try {
            for (int i = 0; i < logins; i++) {
                Client client = Client.connect(server.socket());
                clients.add(client);
                client.join("anna", "secret");
            }
            long start = System.nanoTime();
            for (Client client : clients) {
                client.awaitError("login-unavailable");
            }
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(45));
        } finally {
            for (Client client : clients) {
                client.close();
            }
        }
    }

    private static void awaitLogin(TestServer server) {
        Awaitility.await().atMost(Duration.ofSeconds(60)).ignoreExceptions().until(() -> {
            try (Client client = Client.connect(server.socket())) {
                client.join("anna", "secret");
                return client.await("joined").toString().contains("17");
            }
        });
    }

    private static String get(TestServer server, String path) throws Exception {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(server.http(path)).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private TestServer overMariaDb(MariaDbServer mariaDb) {
        return TestServer.in(directory)
                .withUsers(mariaDb)
                .withEnvironment("NOTIFICATION_LOGIN_TABLE", "accounts")
                .withEnvironment("NOTIFICATION_LOGIN_ID_COLUMN", "account_id")
                .withEnvironment("NOTIFICATION_LOGIN_LOGIN_COLUMN", "mail")
                .withEnvironment("NOTIFICATION_LOGIN_PASSWORD_COLUMN", "hash");
    }

    @Test
    void jarBesideTheWarBringsAnotherLogin() throws Exception {
        try (TestServer server = TestServer.in(directory.resolve("server"))
                .withEnvironment("NOTIFICATION_LOGIN_JAR", jarOfTheDocs().toString())
                .withEnvironment("EXAMPLE_LOGIN_SECRET", SECRET)
                .start()) {
            try (Client client = Client.connect(server.socket())) {
                client.join("17", "no-token");
                client.awaitError("login-failed");
                client.join("17", token("17"));
                assertThat(client.await("joined").toString()).contains("17");
            }
            assertThat(server.log()).contains("users come from com.example.SignedTokenAuthenticator;");
        }
    }

    /** Runs the commands of docs/login.md, with its class and the WAR in the working directory. */
    private Path jarOfTheDocs() throws Exception {
        Path work = Files.createDirectories(directory.resolve("build"));
        Files.copy(Path.of(System.getProperty("notification.war")), work.resolve("webservice-notification.war"));
        String docs = Files.readString(Path.of("docs/login.md"));
        Files.writeString(work.resolve("SignedTokenAuthenticator.java"), block("java", docs));
        ProcessBuilder builder = new ProcessBuilder("sh", "-e", "-c", block("sh", docs))
                .directory(work.toFile())
                .redirectErrorStream(true);
        builder.environment()
                .merge("PATH", TestServer.javaHome().resolve("bin").toString(), (path, jdk) -> jdk + ":" + path);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return work.resolve("signed-token-login.jar");
    }

    private static String block(String language, String docs) {
        Matcher found =
                Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL).matcher(docs);
        assertThat(found.find()).isTrue();
        return found.group(1);
    }

    private static String token(String login) throws GeneralSecurityException {
        long expiry = Instant.now().plusSeconds(600).getEpochSecond();
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        byte[] signature = mac.doFinal((login + "." + expiry).getBytes(StandardCharsets.UTF_8));
        return expiry + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
    }
}
