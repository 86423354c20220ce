package org.wsnotify.http;

import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Locale;
import org.wsnotify.digest.Sha256;

/**
 * A configured key of publishers. It is kept as its SHA-256 and compared in constant time. Immutable.
 *
 * <p>Only the prefix marks a hash: 64 hexadecimal digits alone are a key.
 */
public final class ApiKey {

    private static final String PREFIX = "sha256:";
    private static final String HEX = "[0-9a-fA-F]{64}";

    /** A key of so many random bits cannot be guessed. */
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
     * @throws IllegalArgumentException it has the prefix of a hash and is malformed; taken as a key, it would lock out
     *     everybody who has the hashed key
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

    /** Whether the key certainly has fewer than 128 bits. Unknown, and false, for a hash. */
    public boolean isWeak() {
        return weak;
    }

    /**
     * Returns the bits of the key if each character was drawn at random from the smallest usual alphabet that has them
     * all: an upper bound.
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
     * Returns a name for what belongs to this key: a hash of the hash, so that a store does not keep the hash that
     * would confirm a guess.
     */
    String scope() {
        return Sha256.hex(HexFormat.of().formatHex(hash), SCOPE_BYTES);
    }

    /** Whether a caller showed this key. */
    boolean is(String shown) {
        return MessageDigest.isEqual(hash, Sha256.of(shown));
    }

    /** Omits the key. */
    @Override
    public String toString() {
        return "ApiKey[...]";
    }
}
