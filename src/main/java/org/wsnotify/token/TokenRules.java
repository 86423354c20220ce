package org.wsnotify.token;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Which tokens are accepted. Immutable.
 *
 * @param secrets for HS256, each at least {@value #LEAST_SECRET_BYTES} bytes; the first one signs
 * @param jwksUrl where the public keys for RS256, ES256 and EdDSA are
 * @param audience what the claim {@code aud} must contain, if given
 * @param issuer what the claim {@code iss} must be, if given
 */
public record TokenRules(
        List<String> secrets, Optional<URI> jwksUrl, Optional<String> audience, Optional<String> issuer) {

    /** As many as HS256 has (RFC 7518, section 3.2). */
    public static final int LEAST_SECRET_BYTES = 32;

    /** How much the clock of an issuer may differ from the server's. */
    static final Duration SKEW = Duration.ofSeconds(60);

    public TokenRules {
        secrets = List.copyOf(secrets);
    }

    /** Returns whether tokens can be checked at all. */
    public boolean isConfigured() {
        return !secrets.isEmpty() || jwksUrl.isPresent();
    }

    /** Returns the secrets as bytes, in UTF-8. */
    List<byte[]> keys() {
        return secrets.stream()
                .map(secret -> secret.getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    /** Returns a text without the secrets. */
    @Override
    public String toString() {
        return "TokenRules[...]";
    }
}
