package org.wsnotify.embedded;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.MVMap;
import org.wsnotify.inbox.Excerpt;
import org.wsnotify.inbox.NotificationStore;
import org.wsnotify.inbox.TextBudget;
import org.wsnotify.inbox.UnseenReading;
import org.wsnotify.notification.Message;
import org.wsnotify.notification.Notification;
import org.wsnotify.notification.NotificationKey;
import org.wsnotify.notification.RemovalReason;

/**
 * Notifications in the embedded file.
 *
 * <p>The message of a publication is stored once, however many recipients it has. The other parts of a notification
 * that never change are stored under its id. Two small maps, ordered by user and id, tell what a user keeps and which
 * of it is unseen. So pages, unseen notifications and counts are range reads, and marking or deleting writes no text.
 *
 * <p>Safe for use by many threads.
 */
public final class EmbeddedNotificationStore implements NotificationStore {

    private final TableAccess<InboxTables> database;

    public EmbeddedNotificationStore(EmbeddedDatabase database) {
        this.database = database.access(Tables::inbox);
    }

    @Override
    public void store(List<Notification> notifications) {
        List<Notification> all = List.copyOf(notifications);
        database.write(tables -> {
            Map<Message, String> messages = new HashMap<>();
            all.forEach(notification -> store(tables, notification, messages));
            return null;
        });
    }

    /** @param messages the keys of the messages that this call already stored */
    private static void store(InboxTables tables, Notification notification, Map<Message, String> messages) {
        String id = notification.id();
        if (tables.notifications().containsKey(id)) {
            return;
        }
        String message = messages.computeIfAbsent(notification.message(), said -> {
            tables.messages().put(id, said);
            return id;
        });
        tables.messageUses().merge(message, 1L, Long::sum);
        tables.notifications().put(id, StoredNotification.of(notification, message));
        InboxKey key = new InboxKey(notification.userId(), id);
        tables.kept().put(key, new KeptState(notification.seen(), notification.updatedAt()));
        tables.index(key, notification.message());
        if (!notification.seen()) {
            tables.unseen().put(key, notification.message().type());
        }
    }

    @Override
    public List<Notification> unseen(String userId, int limit, long characters) {
        TextBudget budget = new TextBudget(limit, characters);
        return database.read(tables -> spend(budget, tables, inboxOf(userId, tables.unseen())))
                .items();
    }

    @Override
    public List<Notification> page(String userId, int skip, int limit) {
        return database.read(tables -> {
            MVMap<InboxKey, KeptState> kept = tables.kept();
            long oldest = placeOf(InboxKey.startOf(userId), kept);
            long newest = placeOf(InboxKey.endOf(userId), kept) - 1 - Math.max(0, skip);
            return newest < oldest ? List.of() : newestFirst(tables, kept.getKey(newest), limit);
        });
    }

    @Override
    public Excerpt newest(String userId, Optional<String> before, TextBudget budget) {
        return database.read(tables -> spend(budget, tables, newestFirst(userId, before, tables.kept())));
    }

    @Override
    public Excerpt newestUnseen(String userId, Optional<String> before, TextBudget budget) {
        return database.read(tables -> spend(budget, tables, newestFirst(userId, before, tables.unseen())));
    }

    private static Iterator<InboxKey> newestFirst(String userId, Optional<String> before, MVMap<InboxKey, ?> map) {
        InboxKey end = before.map(id -> new InboxKey(userId, id)).orElse(InboxKey.endOf(userId));
        InboxKey newest = map.lowerKey(end);
        return newest == null || !newest.userId().equals(userId)
                ? Collections.emptyIterator()
                : map.cursor(newest, InboxKey.startOf(userId), true);
    }

    private static Excerpt spend(TextBudget budget, InboxTables tables, Iterator<InboxKey> keys) {
        return budget.spend(
                keys, key -> notification(tables, key.id(), tables.kept().get(key)));
    }

    @Override
    public List<String> markSeen(String userId, Collection<String> ids, Instant when) {
        return changeKept(userId, ids, (tables, key) -> tables.markSeen(key, when));
    }

    @Override
    public Optional<String> markAllSeen(String userId, Optional<String> upTo, Instant when) {
        return database.write(tables -> {
            Optional<String> last = Optional.ofNullable(tables.kept().lowerKey(InboxKey.endOf(userId)))
                    .filter(key -> key.userId().equals(userId))
                    .map(newest ->
                            upTo.filter(end -> end.compareTo(newest.id()) < 0).orElse(newest.id()));
            last.ifPresent(end -> {
                List<InboxKey> unseen = new ArrayList<>();
                inboxOf(userId, tables.unseen()).forEachRemaining(unseen::add);
                unseen.stream().filter(key -> key.id().compareTo(end) <= 0).forEach(key -> tables.markSeen(key, when));
            });
            return last;
        });
    }

    @Override
    public List<String> delete(String userId, Collection<String> ids, Instant when) {
        return changeKept(userId, ids, (tables, key) -> tables.delete(key, when, RemovalReason.DELETED));
    }

    @Override
    public List<Notification> find(Collection<NotificationKey> keys) {
        List<NotificationKey> asked = List.copyOf(keys);
        return database.read(tables -> {
            List<Notification> found = new ArrayList<>();
            for (NotificationKey key : asked) {
                KeptState state = tables.kept().get(new InboxKey(key.userId(), key.id()));
                if (state != null) {
                    found.add(notification(tables, key.id(), state));
                }
            }
            return found;
        });
    }

    @Override
    public List<Notification> recentUnseen(Collection<String> users, String fromId) {
        Set<String> asked = Set.copyOf(users);
        return database.read(tables -> {
            List<Notification> found = new ArrayList<>();
            for (String user : asked) {
                tables.unseen()
                        .cursor(new InboxKey(user, fromId), InboxKey.endOf(user), false)
                        .forEachRemaining(key -> found.add(
                                notification(tables, key.id(), tables.kept().get(key))));
            }
            return found;
        });
    }

    @Override
    public UnseenReading readUnseen(String userId, int cap) {
        return database.read(tables -> {
            UnseenReading.Collector unseen = new UnseenReading.Collector(cap);
            Cursor<InboxKey, String> newestFirst =
                    tables.unseen().cursor(InboxKey.endOf(userId), InboxKey.startOf(userId), true);
            boolean wanted = true;
            while (wanted && newestFirst.hasNext()) {
                wanted = unseen.add(newestFirst.next().id(), newestFirst.getValue());
            }
            return unseen.reading();
        });
    }

    private List<String> changeKept(String userId, Collection<String> ids, BiConsumer<InboxTables, InboxKey> change) {
        List<String> given = List.copyOf(ids);
        return database.write(tables -> {
            List<String> own = new ArrayList<>();
            for (String id : given) {
                InboxKey key = new InboxKey(userId, id);
                if (tables.kept().containsKey(key)) {
                    change.accept(tables, key);
                    own.add(id);
                }
            }
            return own;
        });
    }

    private static List<Notification> newestFirst(InboxTables tables, InboxKey newest, int limit) {
        Cursor<InboxKey, KeptState> kept = tables.kept().cursor(newest, InboxKey.startOf(newest.userId()), true);
        List<Notification> found = new ArrayList<>();
        while (found.size() < limit && kept.hasNext()) {
            String id = kept.next().id();
            found.add(notification(tables, id, kept.getValue()));
        }
        return found;
    }

    private static Notification notification(InboxTables tables, String id, KeptState state) {
        StoredNotification stored = tables.notifications().get(id);
        return stored.with(id, tables.messages().get(stored.message()), state);
    }

    private static <V> Cursor<InboxKey, V> inboxOf(String userId, MVMap<InboxKey, V> map) {
        return map.cursor(InboxKey.startOf(userId), InboxKey.endOf(userId), false);
    }

    /** Returns how many keys of the map come before {@code key}. */
    private static long placeOf(InboxKey key, MVMap<InboxKey, ?> map) {
        long index = map.getKeyIndex(key);
        return index < 0 ? -(index + 1) : index;
    }
}
