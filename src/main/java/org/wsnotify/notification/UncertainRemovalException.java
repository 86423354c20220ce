package org.wsnotify.notification;

import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The store failed while notifications were taken out of inboxes: each of them may have left its inbox. */
public class UncertainRemovalException extends StoreUnavailableException {
    private static final long serialVersionUID = 1L;

    private final transient List<NotificationKey> notifications;

    public UncertainRemovalException(List<NotificationKey> notifications, StoreUnavailableException cause) {
        super(cause.getMessage(), cause);
        this.notifications = List.copyOf(notifications);
    }

    /**
     * Does something that may take notifications out of inboxes.
     *
     * @throws UncertainRemovalException it failed; names these notifications, and those that a cause of this kind names
     */
    public static <T> T during(Collection<NotificationKey> notifications, Supplier<T> removal) {
        try {
            return removal.get();
        } catch (UncertainRemovalException e) {
            throw new UncertainRemovalException(
                    Stream.concat(notifications.stream(), e.notifications().stream())
                            .toList(),
                    e);
        } catch (StoreRefusedException e) { // nothing was done
            throw e;
        } catch (StoreUnavailableException e) {
            throw new UncertainRemovalException(List.copyOf(notifications), e);
        }
    }

    /** Returns the notifications that were in inboxes before. */
    public List<NotificationKey> notifications() {
        return notifications;
    }
}
