package org.wsnotify.password;

import com.password4j.Argon2Function;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Argon2: {@code $argon2i$}, {@code $argon2d$}, {@code $argon2id$}.
 *
 * <p>A check takes as much memory as its hash asks for. Checks that would take more than {@value #MOST_MEBIBYTES} MiB
 * together wait for each other. The library keeps that memory once more, for ever, for each set of parameters that it
 * has met: so only the first {@value #MOST_SHAPES} sets are accepted.
 */
final class Argon2 implements HashFamily {
    private static final int MOST_MEBIBYTES = 128;
    private static final int MOST_SHAPES = 4;
    private static final int MOST_PASSES = 32;
    private static final int MOST_LANES = 16;
    /** Memory times passes: twice what PHP asks for. */
    private static final long MOST_WORK = 512 * 1024;

    private static final Pattern HASH =
            Pattern.compile("\\$argon2(id|i|d)\\$(?:v=(16|19)\\$)?m=(\\d{1,9}),t=(\\d{1,9}),p=(\\d{1,3})"
                    + "\\$([A-Za-z0-9+/]{8,128})\\$([A-Za-z0-9+/]{6,128})");

    private final Semaphore mebibytes = new Semaphore(MOST_MEBIBYTES, true);
    private final Set<Shape> shapes = new HashSet<>();

    private record Shape(String kind, int version, int memory, int passes, int lanes, int bytes) {
        int mebibytes() {
            return Math.max(1, (memory + 1023) / 1024);
        }

        Argon2Function function() {
            return Argon2Function.getInstance(
                    memory,
                    passes,
                    lanes,
                    bytes,
                    com.password4j.types.Argon2.valueOf(kind.toUpperCase(Locale.ROOT)),
                    version);
        }
    }

    @Override
    public boolean recognises(String stored) {
        return stored.startsWith("$argon2");
    }

    @Override
    public String kind(String stored) {
        return stored.substring(0, stored.lastIndexOf('$', stored.lastIndexOf('$') - 1));
    }

    @Override
    public boolean matches(String given, String stored) throws UnusableHashException {
        Matcher hash = HASH.matcher(stored);
        if (!hash.matches()) {
            throw damaged();
        }
        byte[] salt = base64(hash.group(6));
        byte[] key = base64(hash.group(7));
        Shape shape = accepted(hash, key.length);
        mebibytes.acquireUninterruptibly(shape.mebibytes());
        try {
            byte[] made = shape.function()
                    .hash(given.getBytes(StandardCharsets.UTF_8), salt)
                    .getBytes();
            return MessageDigest.isEqual(made, key);
        } finally {
            mebibytes.release(shape.mebibytes());
        }
    }

    private Shape accepted(Matcher hash, int bytes) throws UnusableHashException {
        int memory = CostBound.within("memory (argon2, KiB)", Long.parseLong(hash.group(3)), MOST_MEBIBYTES * 1024);
        int passes = CostBound.within("number of argon2 passes", Long.parseLong(hash.group(4)), MOST_PASSES);
        int lanes = CostBound.within("number of argon2 lanes", Long.parseLong(hash.group(5)), MOST_LANES);
        if (passes == 0 || lanes == 0 || memory < 8 * lanes) {
            throw damaged();
        }
        CostBound.within("work of argon2 (memory times passes)", (long) memory * passes, MOST_WORK);
        int version = hash.group(2) == null ? Argon2Function.ARGON2_VERSION_10 : Integer.parseInt(hash.group(2));
        Shape shape = new Shape(hash.group(1), version, memory, passes, lanes, bytes);
        synchronized (shapes) {
            if (!shapes.contains(shape) && shapes.size() >= MOST_SHAPES) {
                throw new UnusableHashException("the stored argon2 hashes have more than " + MOST_SHAPES
                        + " different sets of parameters (memory, passes, lanes, length)");
            }
            shapes.add(shape);
        }
        return shape;
    }

    private static byte[] base64(String text) throws UnusableHashException {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw damaged();
        }
    }

    private static UnusableHashException damaged() {
        return new UnusableHashException("a stored argon2 hash is damaged");
    }
}
