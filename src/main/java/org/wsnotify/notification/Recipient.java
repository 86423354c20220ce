package org.wsnotify.notification;

import java.util.Objects;

/**
 * Who is told.
 *
 * @param userId the user, as the installer's system names it; ids are strings, {@code 3} and {@code "3"} are one user
 * @param email where a mail would go, as the publisher gave it, valid or not; empty for none
 */
public record Recipient(String userId, String email) {

    public Recipient {
        Objects.requireNonNull(userId, "userId");
        Objects.requireNonNull(email, "email");
    }

    /** Omits the address: it is personal data. */
    @Override
    public String toString() {
        return "Recipient[" + userId + "]";
    }
}
