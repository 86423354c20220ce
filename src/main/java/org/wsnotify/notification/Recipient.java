package org.wsnotify.notification;

import java.util.Objects;

/**
 * A user to whom a publication is addressed.
 *
 * @param userId the id in the installer's system; ids are strings, so {@code 3} and {@code "3"} are the same user
 * @param email the address that the publisher sent, valid or not; empty for none
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
