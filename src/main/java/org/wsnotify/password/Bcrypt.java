package org.wsnotify.password;

import at.favre.lib.crypto.bcrypt.BCrypt;
import at.favre.lib.crypto.bcrypt.LongPasswordStrategies;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * bcrypt: {@code $2a$}, {@code $2b$}, {@code $2y$}.
 *
 * <p>Compares the first 72 bytes of a password, as the libraries do that made the hashes. They also stop at a NUL: so a
 * password with a NUL is refused, after the usual time.
 */
final class Bcrypt implements HashFamily {
    /** Eight times the work of the usual 12: about three seconds. */
    private static final int MAX_COST = 15;

    private static final Pattern HASH = Pattern.compile("\\$2[aby]\\$(\\d\\d)\\$[./A-Za-z0-9]{53}");
    private static final BCrypt.Version VERSION = BCrypt.Version.VERSION_2A;
    private static final BCrypt.Verifyer VERIFYER = BCrypt.verifyer(VERSION, LongPasswordStrategies.truncate(VERSION));

    @Override
    public boolean recognises(String stored) {
        return stored.startsWith("$2a$") || stored.startsWith("$2b$") || stored.startsWith("$2y$");
    }

    @Override
    public String kind(String stored) {
        return "$2$" + stored.substring(4, 6);
    }

    @Override
    public boolean matches(String given, String stored) throws UnusableHashException {
        Matcher hash = HASH.matcher(stored);
        if (!hash.matches()) {
            throw new UnusableHashException(
                    "a stored bcrypt hash is damaged (is the column shorter than 60 characters?)");
        }
        CostBound.within("bcrypt cost", Integer.parseInt(hash.group(1)), MAX_COST);
        boolean same = VERIFYER.verify(
                        given.getBytes(StandardCharsets.UTF_8), stored.getBytes(StandardCharsets.US_ASCII))
                .verified;
        return same && given.indexOf('\0') < 0;
    }
}
