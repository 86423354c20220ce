package org.wsnotify.config;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.wsnotify.client.IpAddress;
import org.wsnotify.token.TokenRules;

/** Reads which tokens are accepted. */
final class TokenSettings {

    private TokenSettings() {}

    static TokenRules read(SettingsReader reader) {
        List<String> secrets = reader.list(Setting.TOKEN_SECRET, TokenSettings::secret);
        Optional<String> audience = reader.optional(Setting.TOKEN_AUDIENCE);
        Optional<URI> url = reader.optional(Setting.TOKEN_JWKS_URL).map(given -> url(reader));
        if (url.isPresent() && audience.isEmpty()) {
            reader.fault("The setting " + Setting.TOKEN_JWKS_URL.key() + " needs " + Setting.TOKEN_AUDIENCE.key()
                    + ": whoever publishes the keys may sign tokens for other applications, too.");
        }
        return new TokenRules(secrets, url, audience, reader.optional(Setting.TOKEN_ISSUER));
    }

    private static String secret(String text) {
        if (text.getBytes(StandardCharsets.UTF_8).length < TokenRules.LEAST_SECRET_BYTES) {
            throw new IllegalArgumentException("a secret of less than " + TokenRules.LEAST_SECRET_BYTES + " bytes");
        }
        return text;
    }

    private static URI url(SettingsReader reader) {
        return URI.create(reader.text(
                Setting.TOKEN_JWKS_URL,
                TokenSettings::isSafe,
                "is not an https URL, nor an http URL of a loopback address such as http://127.0.0.1/jwks"));
    }

    /** Whoever can change the keys on their way can sign in as anybody. */
    private static boolean isSafe(String text) {
        if (text.isEmpty()) {
            return true;
        }
        try {
            URI url = URI.create(text);
            return url.getHost() != null
                    && ("https".equalsIgnoreCase(url.getScheme())
                            || ("http".equalsIgnoreCase(url.getScheme()) && isLoopback(url.getHost())));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean isLoopback(String host) {
        return host.equals("localhost")
                || IpAddress.parse(host).filter(IpAddress::isLoopback).isPresent();
    }
}
