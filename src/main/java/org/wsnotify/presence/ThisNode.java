package org.wsnotify.presence;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * The id of this server: 8 lower-case hex digits, new at each start and whenever the server was given up by the others.
 *
 * <p>Safe for use by many threads.
 */
public final class ThisNode implements Supplier<String> {

    private final RandomGenerator random;
    private volatile String id;

    public ThisNode() {
        this(new SecureRandom());
    }

    ThisNode(RandomGenerator random) {
        this.random = random;
        this.id = candidate();
    }

    /** Returns the present id. */
    @Override
    public String get() {
        return id;
    }

    /** Returns an id that this server may take. */
    String candidate() {
        return HexFormat.of().toHexDigits(random.nextInt());
    }

    /** Takes an id that is registered. */
    void take(String registered) {
        id = registered;
    }
}
