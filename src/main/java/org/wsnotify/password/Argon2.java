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
 * <p>A comparison takes as much memory as its hash demands. Comparisons that together would take more than {@value
 * #MAX_MEBIBYTES} MiB wait for each other. The library also keeps that memory permanently for each set of parameters.
 * So only the first {@value #MAX_PARAMETER_SETS} sets are accepted.
 */
final class Argon2 implements HashFamily {
    private static final int MAX_MEBIBYTES = 128;
    private static final int MAX_PARAMETER_SETS = 4;
    private static final int MAX_PASSES = 32;
    private static final int MAX_LANES = 16;
    /** Memory times passes: twice the default of PHP. */
    private static final long MAX_WORK = 512 * 1024;

    private static final Pattern HASH =
            Pattern.compile("\\$argon2(id|i|d)\\$(?:v=(16|19)\\$)?m=(\\d{1,9}),t=(\\d{1,9}),p=(\\d{1,3})"
                    + "\\$([A-Za-z0-9+/]{8,128})\\$([A-Za-z0-9+/]{6,128})");

    private final Semaphore mebibytes = new Semaphore(MAX_MEBIBYTES, true);
    private final Set<Argon2Parameters> parameterSets = new HashSet<>();

    private record Argon2Parameters(String kind, int version, int memory, int passes, int lanes, int bytes) {
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
        Argon2Parameters parameters = accepted(hash, key.length);
        mebibytes.acquireUninterruptibly(parameters.mebibytes());
        try {
            byte[] made = parameters
                    .function()
                    .hash(given.getBytes(StandardCharsets.UTF_8), salt)
                    .getBytes();
            return MessageDigest.isEqual(made, key);
        } finally {
            mebibytes.release(parameters.mebibytes());
        }
    }

    private Argon2Parameters accepted(Matcher hash, int bytes) throws UnusableHashException {
        int memory = CostBound.within("memory (argon2, KiB)", Long.parseLong(hash.group(3)), MAX_MEBIBYTES * 1024);
        int passes = CostBound.within("number of argon2 passes", Long.parseLong(hash.group(4)), MAX_PASSES);
        int lanes = CostBound.within("number of argon2 lanes", Long.parseLong(hash.group(5)), MAX_LANES);
        if (passes == 0 || lanes == 0 || memory < 8 * lanes) {
            throw damaged();
        }
        CostBound.within("work of argon2 (memory times passes)", (long) memory * passes, MAX_WORK);
        int version = hash.group(2) == null ? Argon2Function.ARGON2_VERSION_10 : Integer.parseInt(hash.group(2));
        Argon2Parameters parameters = new Argon2Parameters(hash.group(1), version, memory, passes, lanes, bytes);
        synchronized (parameterSets) {
            if (!parameterSets.contains(parameters) && parameterSets.size() >= MAX_PARAMETER_SETS) {
                throw new UnusableHashException("the stored argon2 hashes have more than " + MAX_PARAMETER_SETS
                        + " different sets of parameters (memory, passes, lanes, length)");
            }
            parameterSets.add(parameters);
        }
        return parameters;
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
