package com.example;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import jakarta.interceptor.Interceptor;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.eclipse.microprofile.config.ConfigProvider;
import org.wsnotify.login.Authenticator;
import org.wsnotify.login.Credentials;
import org.wsnotify.login.LoginUnavailableException;

/**
 * Lets in whoever shows a token that the web application signed: nobody types a password, and there is no users' table.
 *
 * <p>The page gets from its own back end the user's id as the login, and as the password {@code EXPIRY.SIGNATURE}:
 * seconds since 1970, and the HMAC-SHA-256 of {@code LOGIN.EXPIRY} in base 64 for URLs, without padding.
 */
@Alternative
@Priority(Interceptor.Priority.APPLICATION)
@ApplicationScoped
public class SignedTokenAuthenticator implements Authenticator {

    private final String secret;

    /** With the setting {@code example.login.secret}, which is also {@code EXAMPLE_LOGIN_SECRET} in the environment. */
    public SignedTokenAuthenticator() {
        this(ConfigProvider.getConfig().getValue("example.login.secret", String.class));
    }

    SignedTokenAuthenticator(String secret) {
        this.secret = secret;
    }

    @Override
    public Optional<String> authenticate(Credentials credentials) {
        String[] parts = credentials.password().split("\\.", 2);
        if (parts.length != 2 || !parts[0].matches("[0-9]{1,12}")) {
            return Optional.empty();
        }
        String expected = sign(credentials.login() + "." + parts[0]);
        boolean genuine = MessageDigest.isEqual(bytes(expected), bytes(parts[1]));
        boolean fresh = Instant.now().getEpochSecond() < Long.parseLong(parts[0]);
        return genuine && fresh ? Optional.of(credentials.login()) : Optional.empty();
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
