package org.wsnotify.embedded;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.wsnotify.notification.NotificationIds;
import org.wsnotify.notification.NotificationKey;
import org.wsnotify.notification.RemovalReason;
import org.wsnotify.retention.RetentionStore;
import org.wsnotify.retention.Types;

/** Applies the rules of retention in the embedded file. Safe for use by many threads. */
public final class EmbeddedRetentionStore implements RetentionStore {

    private final TableAccess<InboxTables> database;

    public EmbeddedRetentionStore(EmbeddedDatabase database) {
        this.database = database.access(Tables::inbox);
    }

    @Override
    public Swept expire(Instant now, int most) {
        Instant end = now.plusMillis(1);
        return changedIfAny(tables -> tables.expiry().before(end, most, any -> true), most, (tables, key) -> {
            tables.delete(key, now, RemovalReason.EXPIRED);
            return true;
        });
    }

    @Override
    public Swept removeDeleted(Types types, Instant before, int most) {
        return changedIfAny(
                tables -> tables.deletedAge().before(before, most, key -> isOf(tables, key.id(), types)),
                most,
                EmbeddedRetentionStore::erase);
    }

    @Override
    public Swept removeSeen(Types types, Instant before, int most) {
        return changedIfAny(
                tables -> tables.seenAge().before(before, most, key -> isOf(tables, key.id(), types)),
                most,
                EmbeddedRetentionStore::erase);
    }

    /** Does something with a notification, and returns whether it was in an inbox. */
    private interface Change {
        boolean of(InboxTables tables, InboxKey key);
    }

    /** Reads first: a write that changes nothing would still cost a commit. */
    private Swept changedIfAny(Function<InboxTables, List<TimeKey>> which, int most, Change change) {
        if (database.read(which).isEmpty()) {
            return new Swept(List.of(), 0, false);
        }
        return database.write(tables -> {
            List<NotificationKey> fromInboxes = new ArrayList<>();
            List<TimeKey> found = which.apply(tables);
            for (TimeKey one : found) {
                change(tables, one.id(), change, fromInboxes);
            }
            return new Swept(fromInboxes, found.size(), found.size() == most);
        });
    }

    private static void change(InboxTables tables, String id, Change change, List<NotificationKey> fromInboxes) {
        InboxKey key = new InboxKey(tables.notifications().get(id).userId(), id);
        if (change.of(tables, key)) {
            fromInboxes.add(new NotificationKey(key.userId(), id));
        }
    }

    private static boolean erase(InboxTables tables, InboxKey key) {
        boolean kept = tables.kept().containsKey(key);
        tables.erase(key);
        return kept;
    }

    private static boolean isOf(InboxTables tables, String id, Types types) {
        return types.equals(Types.ALL)
                || types.include(tables.messages()
                        .get(tables.notifications().get(id).message())
                        .type());
    }

    @Override
    public Walked removeOld(Types types, Instant before, Optional<String> after, int most) {
        String end = NotificationIds.firstAt(before);
        List<String> ids = database.read(tables -> between(tables, after, end, most));
        if (ids.isEmpty()) {
            return new Walked(new Swept(List.of(), 0, false), Optional.empty());
        }
        return database.write(tables -> {
            List<NotificationKey> fromInboxes = new ArrayList<>();
            int count = 0;
            for (String id : ids) {
                if (tables.notifications().containsKey(id) && isOf(tables, id, types)) {
                    change(tables, id, EmbeddedRetentionStore::erase, fromInboxes);
                    count++;
                }
            }
            return new Walked(new Swept(fromInboxes, count, ids.size() == most), Optional.of(ids.get(ids.size() - 1)));
        });
    }

    private static List<String> between(InboxTables tables, Optional<String> after, String end, int most) {
        List<String> found = new ArrayList<>();
        Iterator<String> ids =
                tables.notifications().keyIterator(after.map(last -> last + '0').orElse(null));
        while (found.size() < most && ids.hasNext()) {
            String id = ids.next();
            if (id.compareTo(end) >= 0) {
                break;
            }
            found.add(id);
        }
        return found;
    }
}
