package org.wsnotify.password;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** Compares texts in a time that does not depend on where they differ. */
final class ConstantTime {
    private ConstantTime() {}

    static boolean areEqual(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }
}
