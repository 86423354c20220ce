package org.wsnotify.password;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Compares passwords with stored ones.
 *
 * <p>Safe for use by many threads. A comparison is meant to be slow: up to half a second of one core for usual hashes,
 * and some seconds at the bounds on what a stored value may ask for.
 */
public final class Passwords {
    /** Costs about as much as a usual hash: what an unknown login is compared with before any known one was. */
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
     * Whether this is the password that is stored.
     *
     * @param given what the client sent
     * @param stored what the users' table holds
     * @throws UnusableHashException the stored value can be compared with nothing; the message is fit for the log. As
     *     much time was spent as on any other that does not match
     */
    public boolean matches(String given, String stored) throws UnusableHashException {
        if (format == PasswordFormat.PLAIN) {
            return SameText.inConstantTime(given, stored);
        }
        try {
            return compareInEqualTime(given, bare(stored));
        } catch (UnusableHashException e) {
            matchesNothing(given);
            throw e;
        }
    }

    /**
     * Spends the time of a comparison, for a login that nobody has: with the costliest kind of hash that was met.
     * Whatever does not match takes as long, so that the time tells neither known logins from unknown ones nor old
     * hashes from new ones.
     */
    public void matchesNothing(String given) {
        if (format == PasswordFormat.PLAIN) {
            return;
        }
        try {
            String costliest = times.costliest();
            String example = costliest == null ? FIRST_EXAMPLE : costliest;
            // Whether it matches somebody else's is not looked at. It is timed again: the first time may have been
            // slow.
            timed(given, example);
            times.makeUpFor(family(example).kind(example), given);
        } catch (UnusableHashException e) {
            throw new IllegalStateException("the example was compared before", e);
        }
    }

    private boolean compareInEqualTime(String given, String stored) throws UnusableHashException {
        boolean same = timed(given, stored);
        if (!same) {
            times.makeUpFor(family(stored).kind(stored), given);
        }
        return same;
    }

    private boolean timed(String given, String stored) throws UnusableHashException {
        HashFamily family = family(stored);
        long start = System.nanoTime();
        boolean same = family.matches(given, stored);
        times.took(family.kind(stored), stored, System.nanoTime() - start);
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

    /** Without the spaces of a column of fixed length, and without the prefix of Spring Security. */
    private static String bare(String stored) {
        String stripped = stored.strip();
        Matcher spring = SPRING.matcher(stripped);
        return spring.matches() ? spring.group(1) : stripped;
    }
}
