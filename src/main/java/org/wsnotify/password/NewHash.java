package org.wsnotify.password;

import at.favre.lib.crypto.bcrypt.BCrypt;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;

/** Creates hashes to store. */
public final class NewHash {
    private static final int BCRYPT_COST = 10;
    private static final int SALT_BYTES = 9;
    private static final int KEY_BYTES = 32;

    private NewHash() {}

    /** Returns a bcrypt hash, for real passwords. */
    public static String bcrypt(String password) {
        return BCrypt.withDefaults().hashToString(BCRYPT_COST, password.toCharArray());
    }

    /** Returns a hash that is fast to compare, PBKDF2 with one iteration: for load tests with a public password. */
    public static String quick(String password) {
        byte[] random = new byte[SALT_BYTES];
        new SecureRandom().nextBytes(random);
        String salt = Base64.getUrlEncoder().encodeToString(random);
        byte[] key = Pbkdf2.derive("SHA256", password, salt.getBytes(StandardCharsets.UTF_8), 1, KEY_BYTES);
        return "pbkdf2_sha256$1$" + salt + "$" + Base64.getEncoder().encodeToString(key);
    }
}
