package org.wsnotify.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.wsnotify.session.RemoteClient;

/**
 * Who may call {@code /notify}: whoever has one of the configured keys, or, when none is configured, a caller on this very machine.
 *
 * <p>Keys are kept and compared as SHA-256 hashes, in a time that tells nothing. Immutable.
 */
public final class PublisherAccess {

    private static final String HASH_FORM = "[0-9a-fA-F]{64}";

    private final List<byte[]> hashes;

    /** @param keys plain, or as the SHA-256 in hex, with or without {@code sha256:} before it; several for rotation */
    public PublisherAccess(List<String> keys) {
        this.hashes = keys.stream().map(PublisherAccess::hashOf).toList();
    }

    /**
     * Lets a caller in, or throws the problem that says why not.
     *
     * @param given the key the caller showed, if any
     */
    void check(Optional<String> given, RemoteClient caller) {
        if (hashes.isEmpty()) {
            if (!caller.local()) {
                throw Problem.of(
                        403,
                        "local-callers-only",
                        "No API key is configured, so only callers on the server itself may notify, directly and under a "
                                + "loopback name. Set notification.api-keys.");
            }
            return;
        }
        String key = given.orElseThrow(() -> Problem.unauthorized(
                "api-key-required", "Show an API key as Authorization: Bearer, X-API-Key or apikey."));
        byte[] hash = sha256(key);
        boolean known = false;
        for (byte[] candidate : hashes) {
            known |= MessageDigest.isEqual(candidate, hash);
        }
        if (!known) {
            throw Problem.of(403, "api-key-unknown", "This API key is not known.");
        }
    }

    private static byte[] hashOf(String key) {
        String bare = key.toLowerCase(Locale.ROOT).startsWith("sha256:") ? key.substring("sha256:".length()) : key;
        return bare.matches(HASH_FORM) ? HexFormat.of().parseHex(bare) : sha256(key);
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
