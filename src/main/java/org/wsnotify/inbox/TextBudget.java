package org.wsnotify.inbox;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import org.wsnotify.notification.Notification;

/**
 * How much is read for one answer. Immutable.
 *
 * @param notifications most of them
 * @param characters most text of all together; a first notification is read however long it is, so that it can be given
 *     at all
 */
public record TextBudget(int notifications, long characters) {

    /** Returns a budget for notifications of any length. */
    public static TextBudget ofNotifications(int most) {
        return new TextBudget(most, Long.MAX_VALUE);
    }

    /**
     * Reads notifications until the budget is spent. One that does not fit is read, and nothing behind it.
     *
     * @param keys where they are
     * @param reading reads one
     */
    public <K> Excerpt spend(Iterator<K> keys, Function<K, Notification> reading) {
        List<Notification> read = new ArrayList<>();
        long left = characters;
        while (read.size() < notifications && keys.hasNext()) {
            Notification next = reading.apply(keys.next());
            left -= next.message().characters();
            if (left < 0 && !read.isEmpty()) {
                return new Excerpt(read, true);
            }
            read.add(next);
        }
        return new Excerpt(read, keys.hasNext());
    }
}
