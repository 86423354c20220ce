package org.wsnotify.delivery;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.wsnotify.inbox.Devices;
import org.wsnotify.inbox.NotificationStore;
import org.wsnotify.notification.Message;
import org.wsnotify.notification.Notification;
import org.wsnotify.notification.NotificationKey;
import org.wsnotify.presence.Whereabouts;

/**
 * Pushes what an earlier attempt of a publication stored, unless its user has seen or deleted it since.
 *
 * <p>Safe for use by many threads; blocks on the store.
 */
public final class StoredPushes {

    /** How many notifications are in memory at the same time. */
    private static final int AT_ONCE = 500;

    private final NotificationStore store;
    private final Devices devices;
    private final Clock clock;

    /** @param clock the store's */
    public StoredPushes(NotificationStore store, Devices devices, Clock clock) {
        this.store = store;
        this.devices = devices;
        this.clock = clock;
    }

    /**
     * Pushes those of a publication's notifications that are stored and unseen. A device that was told of one before is
     * not told again.
     *
     * @param publication the id of the publication's first notification
     * @param held whether the mail to a user is held for a sign of life
     * @return the users of those that are stored and unseen
     * @throws org.wsnotify.notification.StoreUnavailableException if some may not be pushed; repeating is safe
     */
    Set<String> pushUnseen(String publication, List<NotificationKey> keys, Predicate<String> held) {
        Set<String> users = new LinkedHashSet<>();
        for (int from = 0; from < keys.size(); from += AT_ONCE) {
            List<NotificationKey> some = keys.subList(from, Math.min(keys.size(), from + AT_ONCE));
            Instant before = clock.instant();
            List<Notification> unseen = new ArrayList<>(store.find(some));
            unseen.removeIf(Notification::seen);
            if (!unseen.isEmpty()) {
                unseen.sort(Comparator.comparing(Notification::id));
                Whereabouts where = devices.whereabouts(
                        unseen.stream().map(Notification::userId).toList());
                byMessage(unseen).forEach(group -> devices.published(publication, group, before, where, held));
                unseen.forEach(one -> users.add(one.userId()));
            }
        }
        return users;
    }

    /** All notifications of a publication have one message, but each was read by itself. */
    private static Iterable<List<Notification>> byMessage(List<Notification> notifications) {
        Map<Message, List<Notification>> groups = new LinkedHashMap<>();
        notifications.forEach(one ->
                groups.computeIfAbsent(one.message(), any -> new ArrayList<>()).add(one));
        return groups.values();
    }
}
