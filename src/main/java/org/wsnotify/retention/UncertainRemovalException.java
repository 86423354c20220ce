package org.wsnotify.retention;

import java.util.List;
import org.wsnotify.notification.NotificationKey;
import org.wsnotify.notification.StoreUnavailableException;

/** The store failed while notifications were taken out or removed: each of them may have left its inbox. */
public class UncertainRemovalException extends StoreUnavailableException {
    private static final long serialVersionUID = 1L;

    private final transient List<NotificationKey> notifications;

    public UncertainRemovalException(List<NotificationKey> notifications, StoreUnavailableException cause) {
        super(cause.getMessage(), cause);
        this.notifications = List.copyOf(notifications);
    }

    /** Returns the notifications that were in inboxes before, and whose time there is over. */
    public List<NotificationKey> notifications() {
        return notifications;
    }
}
