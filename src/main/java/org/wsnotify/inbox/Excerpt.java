package org.wsnotify.inbox;

import java.util.List;
import org.wsnotify.notification.Notification;

/**
 * What was read within a {@link TextBudget}. Immutable.
 *
 * @param more whether the budget ended the reading: there are notifications behind these
 */
public record Excerpt(List<Notification> items, boolean more) {

    public Excerpt {
        items = List.copyOf(items);
    }
}
