package org.wsnotify.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/**
 * A key of publishers, as configured. Kept and compared as its SHA-256, in a time that tells nothing. Immutable.
 *
 * <p>A hash is known by its prefix and by nothing else: a key made of 64 hexadecimal digits is a key.
 */
public final class ApiKey {

    private static final String PREFIX = "sha256:";
    private static final String HEX = "[0-9a-fA-F]{64}";

    private final byte[] hash;

    private ApiKey(byte[] hash) {
        this.hash = hash;
    }

    /**
     * Reads a key.
     *
     * @param configured the key itself, or {@code sha256:} and its SHA-256 in hexadecimal digits
     * @throws IllegalArgumentException it begins like a hash and is none: taken for a key, it would keep everybody out who has the one that was hashed
     */
    public static ApiKey of(String configured) {
        if (!configured.toLowerCase(Locale.ROOT).startsWith(PREFIX)) {
            return new ApiKey(sha256(configured));
        }
        String digits = configured.substring(PREFIX.length());
        if (!digits.matches(HEX)) {
            throw new IllegalArgumentException(
                    "a key that begins with sha256: and does not go on with the 64 hexadecimal digits of a SHA-256");
        }
        return new ApiKey(HexFormat.of().parseHex(digits));
    }

    /** Whether this is the key that a caller showed. */
    boolean is(String shown) {
        return MessageDigest.isEqual(hash, sha256(shown));
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Shows nothing. */
    @Override
    public String toString() {
        return "ApiKey[...]";
    }
}
