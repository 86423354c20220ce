package com.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.wsnotify.login.AuthenticatedUser;
import org.wsnotify.login.PasswordCredentials;

class SignedTokenAuthenticatorTest {
    private static final String SECRET = "a-secret-of-the-test";

    private final SignedTokenAuthenticator authenticator = new SignedTokenAuthenticator(SECRET);

    private static String token(String login, Instant expiry) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        byte[] signature = mac.doFinal((login + "." + expiry.getEpochSecond()).getBytes(StandardCharsets.UTF_8));
        return expiry.getEpochSecond() + "."
                + Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
    }

    private Optional<AuthenticatedUser> login(String login, String token) {
        return authenticator.authenticate(new PasswordCredentials(login, token));
    }

    @Test
    void freshTokenLetsItsUserInUntilItExpires() throws Exception {
        Instant expiry = Instant.now().plusSeconds(60).truncatedTo(ChronoUnit.SECONDS);
        String token = token("7", expiry);

        assertThat(login("7", token)).contains(AuthenticatedUser.until("7", expiry));
        assertThat(login("8", token)).isEmpty();
        assertThat(login("7", token + "x")).isEmpty();
    }

    @Test
    void oldTokenAndNoTokenAreRefused() throws Exception {
        String old = token("7", Instant.now().minusSeconds(1));

        assertThat(login("7", old)).isEmpty();
        assertThat(login("7", "secret")).isEmpty();
        assertThat(login("7", "99999999999999999999.x")).isEmpty();
    }

    @Test
    void documentationShowsTheSourceOfTheExample() throws Exception {
        String source = Files.readString(Path.of("src/test/java/com/example/SignedTokenAuthenticator.java"));

        assertThat(Files.readString(Path.of("docs/login.md"))).contains("```java\n" + source + "```\n");
    }
}
