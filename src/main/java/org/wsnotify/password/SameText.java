package org.wsnotify.password;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** Compares without telling by the time it takes where two texts differ. */
final class SameText {
    private SameText() {}

    static boolean inConstantTime(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }
}
