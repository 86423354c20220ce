package org.wsnotify.password;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Compares passwords with stored ones.
 *
 * <p>Safe for use by many threads. A comparison is meant to be slow: up to half a second of one core for usual hashes, and some seconds
 * at the bounds on what a stored value may ask for.
 */
public final class Passwords {
    /** Costs about as much as a usual hash: what an unknown login is compared with before any known one was. */
    private static final String FIRST_EXAMPLE = "$2a$10$abcdefghijklmnopqrstuuMnXhnO8hYVQdbnnJUMvrDKzd3gHpF.C";

    private static final Pattern SPRING = Pattern.compile("\\{(?:bcrypt|argon2|argon2@SpringSecurity_v5_8)}(\\$.*)");

    private final PasswordFormat format;
    private final List<HashFamily> families = List.of(new Bcrypt(), new Argon2(), new ShaCrypt(), new Pbkdf2());
    private volatile String example = FIRST_EXAMPLE;

    public Passwords(PasswordFormat format) {
        this.format = format;
    }

    /**
     * Whether this is the password that is stored.
     *
     * @param given what the client sent
     * @param stored what the users' table holds
     * @throws UnusableHashException the stored value can be compared with nothing; the message is fit for the log. As much time was
     *     spent as on any other
     */
    public boolean matches(String given, String stored) throws UnusableHashException {
        if (format == PasswordFormat.PLAIN) {
            return SameText.inConstantTime(given, stored);
        }
        try {
            boolean same = compare(given, bare(stored));
            example = bare(stored);
            return same;
        } catch (UnusableHashException e) {
            matchesNothing(given);
            throw e;
        }
    }

    /**
     * Spends the time of a comparison, for a login that nobody has: with the kind of hash that was met last, so that the time does not
     * tell known logins from unknown ones.
     */
    public void matchesNothing(String given) {
        if (format == PasswordFormat.PLAIN) {
            return;
        }
        try {
            // Whether it matches somebody else's is not looked at.
            compare(given, example);
        } catch (UnusableHashException e) {
            throw new IllegalStateException("the example was compared before", e);
        }
    }

    private boolean compare(String given, String stored) throws UnusableHashException {
        for (HashFamily family : families) {
            if (family.recognises(stored)) {
                return family.matches(given, stored);
            }
        }
        throw new UnusableHashException(
                "a stored password has none of the known formats; if the table holds just what clients"
                        + " send, set notification.login.password-format=plain");
    }

    /** Without the spaces of a column of fixed length, and without the prefix of Spring Security. */
    private static String bare(String stored) {
        String stripped = stored.strip();
        Matcher spring = SPRING.matcher(stripped);
        return spring.matches() ? spring.group(1) : stripped;
    }
}
