package org.wsnotify.password;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.codec.digest.Sha2Crypt;

/** SHA-crypt of the Unix password files: {@code $5$} and {@code $6$}, with or without {@code rounds=}. */
final class ShaCrypt implements HashFamily {
    /** A hundred times the default of 5000. */
    private static final int MAX_ROUNDS = 500_000;

    private static final Pattern HASH =
            Pattern.compile("\\$[56]\\$(?:rounds=(\\d{1,9})\\$)?[./A-Za-z0-9]{1,16}\\$[./A-Za-z0-9]{43,86}");

    @Override
    public boolean recognises(String stored) {
        return stored.startsWith("$5$") || stored.startsWith("$6$");
    }

    @Override
    public String kind(String stored) {
        Matcher hash = HASH.matcher(stored);
        return stored.substring(0, 3) + (hash.matches() ? hash.group(1) : "");
    }

    @Override
    public boolean matches(String given, String stored) throws UnusableHashException {
        Matcher hash = HASH.matcher(stored);
        if (!hash.matches()) {
            throw new UnusableHashException("a stored SHA-crypt hash is damaged");
        }
        if (hash.group(1) != null) {
            CostBound.within("number of SHA-crypt rounds", Long.parseLong(hash.group(1)), MAX_ROUNDS);
        }
        byte[] bytes = given.getBytes(StandardCharsets.UTF_8);
        String made =
                stored.charAt(1) == '5' ? Sha2Crypt.sha256Crypt(bytes, stored) : Sha2Crypt.sha512Crypt(bytes, stored);
        return ConstantTime.areEqual(made, stored);
    }
}
