package org.wsnotify.password;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Compares passwords with stored ones.
 *
 * <p>Safe for use by many threads. Comparisons are slow on purpose: up to half a second of one core for usual hashes,
 * and some seconds at the maximum cost of a stored value.
 */
public final class Passwords {
    /** A hash of usual cost: the dummy before the first comparison. */
    private static final String FIRST_EXAMPLE = "$2a$10$abcdefghijklmnopqrstuuMnXhnO8hYVQdbnnJUMvrDKzd3gHpF.C";

    private static final Pattern SPRING = Pattern.compile("\\{(?:bcrypt|argon2|argon2@SpringSecurity_v5_8)}(\\$.*)");

    private final PasswordFormat format;
    private final List<HashFamily> families = List.of(new Bcrypt(), new Argon2(), new ShaCrypt(), new Pbkdf2());
    private final ComparisonTimes times;

    public Passwords(PasswordFormat format) {
        this(format, new ComparisonTimes());
    }

    Passwords(PasswordFormat format, ComparisonTimes times) {
        this.format = format;
        this.times = times;
    }

    /**
     * Whether the password matches the stored one. If not, the call takes as long as with the slowest kind of hash.
     *
     * @param given what the client sent
     * @param stored what the users' table holds
     * @throws UnusableHashException the stored value cannot be compared; the message contains nothing secret. The call
     *     took as long as one that does not match
     */
    public boolean matches(String given, String stored) throws UnusableHashException {
        if (format == PasswordFormat.PLAIN) {
            return ConstantTime.areEqual(given, stored);
        }
        try {
            return compareInEqualTime(given, bare(stored));
        } catch (UnusableHashException e) {
            compareWithDummy(given);
            throw e;
        }
    }

    /**
     * Spends the time of a comparison with the slowest kind of hash, for an unknown login. So the time reveals neither
     * which logins exist nor which have old hashes.
     */
    public void compareWithDummy(String given) {
        if (format == PasswordFormat.PLAIN) {
            return;
        }
        try {
            String slowest = times.slowestExample();
            String example = slowest == null ? FIRST_EXAMPLE : slowest;
            // The result does not matter. The time does: the first one may have been too long.
            timed(given, example);
            times.padToSlowest(family(example).kind(example), given);
        } catch (UnusableHashException e) {
            throw new IllegalStateException("the example was compared before", e);
        }
    }

    private boolean compareInEqualTime(String given, String stored) throws UnusableHashException {
        boolean same = timed(given, stored);
        if (!same) {
            times.padToSlowest(family(stored).kind(stored), given);
        }
        return same;
    }

    private boolean timed(String given, String stored) throws UnusableHashException {
        HashFamily family = family(stored);
        long start = System.nanoTime();
        boolean same = family.matches(given, stored);
        times.add(family.kind(stored), stored, System.nanoTime() - start);
        return same;
    }

    private HashFamily family(String stored) throws UnusableHashException {
        for (HashFamily family : families) {
            if (family.recognises(stored)) {
                return family;
            }
        }
        throw new UnusableHashException(
                "a stored password has none of the known formats; if the table holds just what clients send, set "
                        + PasswordFormat.SETTING + "=" + PasswordFormat.PLAIN.setting());
    }

    /** Removes the spaces of a column of fixed length and the prefix of Spring Security. */
    private static String bare(String stored) {
        String stripped = stored.strip();
        Matcher spring = SPRING.matcher(stripped);
        return spring.matches() ? spring.group(1) : stripped;
    }
}
