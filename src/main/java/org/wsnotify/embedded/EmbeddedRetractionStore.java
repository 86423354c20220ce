package org.wsnotify.embedded;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.h2.mvstore.Cursor;
import org.wsnotify.notification.NotificationKey;
import org.wsnotify.notification.RemovalReason;
import org.wsnotify.notification.UncertainRemovalException;
import org.wsnotify.retraction.RetractionStore;

/** Takes notifications out of inboxes in the embedded file. Safe for use by many threads. */
public final class EmbeddedRetractionStore implements RetractionStore {

    private static final int USERS_AT_ONCE = 1000;

    private final TableAccess<InboxTables> database;

    public EmbeddedRetractionStore(EmbeddedDatabase database) {
        this.database = database.access(Tables::inbox);
    }

    @Override
    public Retracted retract(Collection<String> ids, Instant when) {
        Set<String> asked = Set.copyOf(ids);
        return database.write(tables -> {
            List<NotificationKey> taken = new ArrayList<>();
            List<NotificationKey> retracted = new ArrayList<>();
            int known = 0;
            for (String id : asked) {
                StoredNotification stored = tables.notifications().get(id);
                if (stored != null) {
                    known++;
                    InboxKey key = new InboxKey(stored.userId(), id);
                    take(tables, key, RemovalReason.RETRACTED, when, taken);
                    if (isRetracted(tables, key)) {
                        retracted.add(new NotificationKey(key.userId(), id));
                    }
                }
            }
            return new Retracted(retracted, known, taken.size());
        });
    }

    @Override
    public List<NotificationKey> replace(Collection<String> users, String group, Instant when) {
        List<String> all = List.copyOf(Set.copyOf(users));
        List<NotificationKey> taken = new ArrayList<>();
        for (int from = 0; from < all.size(); from += USERS_AT_ONCE) {
            List<String> some = all.subList(from, Math.min(all.size(), from + USERS_AT_ONCE));
            UncertainRemovalException.during(taken, () -> taken.addAll(replaceAtOnce(some, group, when)));
        }
        return taken;
    }

    private List<NotificationKey> replaceAtOnce(List<String> users, String group, Instant when) {
        return database.write(tables -> {
            List<NotificationKey> replaced = new ArrayList<>();
            users.forEach(user -> older(tables, user, group)
                    .forEach(key -> take(tables, key, RemovalReason.REPLACED, when, replaced)));
            return replaced;
        });
    }

    /** Returns the notifications of a group that a user keeps, without the newest. */
    private static List<InboxKey> older(InboxTables tables, String userId, String group) {
        List<InboxKey> found = new ArrayList<>();
        Cursor<GroupKey, String> keys = tables.groups().cursor(new GroupKey(userId, group, ""));
        while (keys.hasNext()) {
            GroupKey key = keys.next();
            if (!key.userId().equals(userId) || !key.group().equals(group)) {
                break;
            }
            found.add(new InboxKey(userId, key.id()));
        }
        return found.isEmpty() ? found : found.subList(0, found.size() - 1);
    }

    private static boolean isRetracted(InboxTables tables, InboxKey key) {
        DeletedState state = tables.deleted().get(key);
        return state != null && state.reason() == RemovalReason.RETRACTED;
    }

    private static void take(
            InboxTables tables, InboxKey key, RemovalReason reason, Instant when, List<NotificationKey> taken) {
        if (tables.kept().containsKey(key)) {
            tables.delete(key, when, reason);
            taken.add(new NotificationKey(key.userId(), key.id()));
        }
    }
}
