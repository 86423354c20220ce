package org.wsnotify.notification;

import java.util.Objects;

/**
 * Identifies one notification in the inbox of its recipient. Stores look notifications up by both parts, so a user
 * never reads those of another user.
 *
 * @param userId the recipient
 * @param id the notification
 */
public record NotificationKey(String userId, String id) {

    public NotificationKey {
        Objects.requireNonNull(userId, "userId");
        Objects.requireNonNull(id, "id");
    }
}
