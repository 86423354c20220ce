package org.wsnotify.notification;

import java.util.Objects;

/**
 * Names one notification in the inbox of its recipient. Stores look notifications up by both parts, so that nobody ever
 * reads what is another user's.
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
