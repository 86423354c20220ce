package org.wsnotify.inbox;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.wsnotify.notification.Notification;
import org.wsnotify.notification.NotificationKey;

/** Keeps notifications in memory. Other calls may interleave, as between the steps of a real store. */
public final class MemoryNotificationStore implements NotificationStore {

    private final Map<String, Notification> kept = new TreeMap<>();
    private final Map<String, Notification> deleted = new TreeMap<>();
    private final Runnable meanwhile;

    public MemoryNotificationStore() {
        this(() -> {});
    }

    /** @param meanwhile called before and after each access, without a lock */
    public MemoryNotificationStore(Runnable meanwhile) {
        this.meanwhile = meanwhile;
    }

    @Override
    public void store(List<Notification> notifications) {
        for (Notification notification : notifications) {
            meanwhile.run();
            synchronized (this) {
                if (!deleted.containsKey(notification.id())) {
                    kept.putIfAbsent(notification.id(), notification);
                }
            }
        }
        meanwhile.run();
    }

    @Override
    public List<Notification> unseen(String userId, int limit, long characters) {
        List<Notification> unseen = those(one -> isUnseen(one, userId));
        return new TextBudget(limit, characters)
                .spend(unseen.iterator(), one -> one)
                .items();
    }

    @Override
    public List<Notification> page(String userId, int skip, int limit) {
        return newestFirst(one -> one.userId().equals(userId)).stream()
                .skip(skip)
                .limit(limit)
                .toList();
    }

    @Override
    public Excerpt newest(String userId, Optional<String> before, TextBudget budget) {
        return newest(one -> one.userId().equals(userId), before, budget);
    }

    @Override
    public Excerpt newestUnseen(String userId, Optional<String> before, TextBudget budget) {
        return newest(one -> isUnseen(one, userId), before, budget);
    }

    private Excerpt newest(Predicate<Notification> which, Optional<String> before, TextBudget budget) {
        List<Notification> found = newestFirst(one ->
                which.test(one) && before.stream().allMatch(id -> one.id().compareTo(id) < 0));
        return budget.spend(found.iterator(), one -> one);
    }

    @Override
    public List<String> markSeen(String userId, Collection<String> ids, Instant when) {
        meanwhile.run();
        List<String> own = own(userId, ids);
        synchronized (this) {
            own.forEach(id -> markSeen(id, when));
        }
        meanwhile.run();
        return own;
    }

    private synchronized List<String> own(String userId, Collection<String> ids) {
        return ids.stream()
                .distinct()
                .filter(id -> kept.containsKey(id) && kept.get(id).userId().equals(userId))
                .toList();
    }

    private void markSeen(String id, Instant when) {
        kept.computeIfPresent(id, (same, one) -> one.seen() ? one : one.seenAt(when));
    }

    @Override
    public Optional<String> markAllSeen(String userId, Optional<String> upTo, Instant when) {
        Optional<String> newest =
                page(userId, 0, 1).stream().map(Notification::id).findFirst();
        Optional<String> last =
                newest.map(id -> upTo.filter(end -> end.compareTo(id) < 0).orElse(id));
        last.ifPresent(id -> {
            synchronized (this) {
                kept.replaceAll(
                        (other, one) -> isUnseen(one, userId) && other.compareTo(id) <= 0 ? one.seenAt(when) : one);
            }
            meanwhile.run();
        });
        return last;
    }

    @Override
    public List<String> delete(String userId, Collection<String> ids, Instant when) {
        meanwhile.run();
        List<String> own;
        synchronized (this) {
            own = own(userId, ids);
            own.forEach(id -> deleted.put(id, kept.remove(id)));
        }
        meanwhile.run();
        return own;
    }

    @Override
    public List<Notification> find(Collection<NotificationKey> keys) {
        return those(one -> keys.contains(new NotificationKey(one.userId(), one.id())));
    }

    @Override
    public List<Notification> recentUnseen(Collection<String> users, String fromId) {
        return those(
                one -> users.contains(one.userId()) && !one.seen() && one.id().compareTo(fromId) >= 0);
    }

    @Override
    public UnseenReading readUnseen(String userId, int cap) {
        UnseenReading.Collector unseen = new UnseenReading.Collector(cap);
        for (Notification one : newestFirst(one -> isUnseen(one, userId))) {
            if (!unseen.add(one.id(), one.message().type())) {
                break;
            }
        }
        return unseen.reading();
    }

    private static boolean isUnseen(Notification one, String userId) {
        return one.userId().equals(userId) && !one.seen();
    }

    private List<Notification> newestFirst(Predicate<Notification> which) {
        List<Notification> found = new ArrayList<>(those(which));
        found.sort(Comparator.comparing(Notification::id).reversed());
        return found;
    }

    private List<Notification> those(Predicate<Notification> which) {
        meanwhile.run();
        List<Notification> found;
        synchronized (this) {
            found = kept.values().stream().filter(which).toList();
        }
        meanwhile.run();
        return found;
    }
}
