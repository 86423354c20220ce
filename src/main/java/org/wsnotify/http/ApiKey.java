package org.wsnotify.http;

import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Locale;
import org.wsnotify.digest.Sha256;

/**
 * A key of publishers, as configured. Kept and compared as its SHA-256, in a time that tells nothing. Immutable.
 *
 * <p>A hash is known by its prefix and by nothing else: a key made of 64 hexadecimal digits is a key.
 */
public final class ApiKey {

    private static final String PREFIX = "sha256:";
    private static final String HEX = "[0-9a-fA-F]{64}";

    /** What cannot be guessed at any speed. */
    private static final int STRONG_BITS = 128;

    private static final int SCOPE_BYTES = 16;

    private final byte[] hash;
    private final boolean weak;

    private ApiKey(byte[] hash, boolean weak) {
        this.hash = hash;
        this.weak = weak;
    }

    /**
     * Reads a key.
     *
     * @param configured the key itself, or {@code sha256:} and its SHA-256 in hexadecimal digits
     * @throws IllegalArgumentException it begins like a hash and is none: taken for a key, it would keep everybody out
     *     who has the one that was hashed
     */
    public static ApiKey of(String configured) {
        if (!configured.toLowerCase(Locale.ROOT).startsWith(PREFIX)) {
            return new ApiKey(Sha256.of(configured), bits(configured) < STRONG_BITS);
        }
        String digits = configured.substring(PREFIX.length());
        if (!digits.matches(HEX)) {
            throw new IllegalArgumentException(
                    "a key that begins with sha256: and does not go on with the 64 hexadecimal digits of a SHA-256");
        }
        return new ApiKey(HexFormat.of().parseHex(digits), false);
    }

    /** Whether it is surely shorter than 128 bits. Of a hash nobody can tell. */
    public boolean isWeak() {
        return weak;
    }

    /**
     * What the key has at most, when each of its characters was drawn at random from the smallest usual alphabet that
     * has them all.
     */
    private static double bits(String key) {
        int alphabet = 64;
        if (key.matches("\\d*")) {
            alphabet = 10;
        } else if (key.matches("[0-9a-f]*|[0-9A-F]*")) {
            alphabet = 16;
        } else if (key.matches("[a-z]*|[A-Z]*")) {
            alphabet = 26;
        }
        return key.length() * Math.log(alphabet) / Math.log(2);
    }

    /**
     * A name for what belongs to this key. It is a hash of the hash: a store that keeps it does not keep what would
     * check a guess at once.
     */
    String scope() {
        return Sha256.hex(HexFormat.of().formatHex(hash), SCOPE_BYTES);
    }

    /** Whether this is the key that a caller showed. */
    boolean is(String shown) {
        return MessageDigest.isEqual(hash, Sha256.of(shown));
    }

    /** Shows nothing. */
    @Override
    public String toString() {
        return "ApiKey[...]";
    }
}
