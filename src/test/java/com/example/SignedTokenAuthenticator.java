package com.example;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.wsnotify.login.AuthenticatedUser;
import org.wsnotify.login.Authenticator;
import org.wsnotify.login.Credentials;
import org.wsnotify.login.LoginUnavailableException;
import org.wsnotify.login.PasswordCredentials;

/**
 * Accepts tokens that the web application signed: nobody types a password, and there is no users' table.
 *
 * <p>The back end gives the page the user's id as the login, and {@code EXPIRY.SIGNATURE} as the password: seconds
 * since 1970, and the HMAC-SHA-256 of {@code LOGIN.EXPIRY} in base 64 for URLs, without padding.
 */
public class SignedTokenAuthenticator implements Authenticator {

    private final String secret;

    /** Reads the secret from the environment variable {@code EXAMPLE_LOGIN_SECRET}. */
    public SignedTokenAuthenticator() {
        this(System.getenv("EXAMPLE_LOGIN_SECRET"));
    }

    SignedTokenAuthenticator(String secret) {
        if (secret == null || secret.isBlank()) {
            throw new IllegalStateException("EXAMPLE_LOGIN_SECRET is not set");
        }
        this.secret = secret;
    }

    @Override
    public Optional<AuthenticatedUser> authenticate(Credentials credentials) {
        return credentials instanceof PasswordCredentials given
                ? authenticate(given.login(), given.password())
                : Optional.empty();
    }

    private Optional<AuthenticatedUser> authenticate(String login, String token) {
        String[] parts = token.split("\\.", 2);
        if (parts.length != 2 || !parts[0].matches("[0-9]{1,12}")) {
            return Optional.empty();
        }
        Instant expiry = Instant.ofEpochSecond(Long.parseLong(parts[0]));
        boolean genuine = MessageDigest.isEqual(bytes(sign(login + "." + parts[0])), bytes(parts[1]));
        return genuine && Instant.now().isBefore(expiry)
                ? Optional.of(AuthenticatedUser.until(login, expiry))
                : Optional.empty();
    }

    private String sign(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(bytes(secret), "HmacSHA256"));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(mac.doFinal(bytes(text)));
        } catch (GeneralSecurityException e) {
            throw new LoginUnavailableException("tokens cannot be verified: no HmacSHA256", e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
