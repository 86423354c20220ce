package org.wsnotify.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.SignedTokenAuthenticator;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wsnotify.jdbc.MariaDbServer;
import org.wsnotify.password.NewHash;

/** The ways to log in that docs/login.md describes, on the server. */
class LoginIT {
    private static final String SECRET = "a-secret-of-the-test";

    @TempDir
    Path directory;

    @Test
    void usersOfAMariaDbLogInWhenTheDataSourceIsConfigured() throws Exception {
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

    private TestServer overMariaDb(MariaDbServer mariaDb) {
        return TestServer.in(directory)
                .withUsers(mariaDb)
                .withEnvironment("NOTIFICATION_LOGIN_TABLE", "accounts")
                .withEnvironment("NOTIFICATION_LOGIN_ID_COLUMN", "account_id")
                .withEnvironment("NOTIFICATION_LOGIN_LOGIN_COLUMN", "mail")
                .withEnvironment("NOTIFICATION_LOGIN_PASSWORD_COLUMN", "hash");
    }

    @Test
    void authenticatorOfAnInstallerTakesTheDatabasesPlace() throws Exception {
        try (TestServer server = TestServer.in(directory)
                .withWar(warWith(SignedTokenAuthenticator.class))
                .withEnvironment("EXAMPLE_LOGIN_SECRET", SECRET)
                .start()) {
            try (Client client = Client.connect(server.socket())) {
                client.join("17", "no-token");
                client.awaitError("login-failed");
                client.join("17", token("17"));
                assertThat(client.await("joined").toString()).contains("17");
            }
        }
    }

    private Path warWith(Class<?> added) throws IOException {
        Path war = Files.copy(Path.of(System.getProperty("notification.war")), directory.resolve("with-own-login.war"));
        String file = added.getName().replace('.', '/') + ".class";
        try (FileSystem zip = FileSystems.newFileSystem(URI.create("jar:" + war.toUri()), Map.of());
                InputStream bytes = added.getResourceAsStream("/" + file)) {
            Path target = zip.getPath("WEB-INF/classes/" + file);
            Files.createDirectories(target.getParent());
            Files.copy(bytes, target);
        }
        return war;
    }

    private static String token(String login) throws GeneralSecurityException {
        long expiry = Instant.now().plusSeconds(600).getEpochSecond();
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        byte[] signature = mac.doFinal((login + "." + expiry).getBytes(StandardCharsets.UTF_8));
        return expiry + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
    }
}
