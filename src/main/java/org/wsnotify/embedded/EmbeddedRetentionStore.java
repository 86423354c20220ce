package org.wsnotify.embedded;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Function;
import org.wsnotify.notification.NotificationIds;
import org.wsnotify.notification.NotificationKey;
import org.wsnotify.notification.RemovalReason;
import org.wsnotify.retention.AgePosition;
import org.wsnotify.retention.RetentionStore;
import org.wsnotify.retention.Types;

/**
 * Applies the rules of retention in the embedded file. Each step reads first what there is to do: a write that changes
 * nothing would still cost a commit. Safe for use by many threads.
 */
public final class EmbeddedRetentionStore implements RetentionStore {

    /** Others wait while a step examines, so it examines no more than this to find what it removes. */
    private static final int EXAMINED_AT_ONCE = 1_000;

    private final TableAccess<InboxTables> database;

    public EmbeddedRetentionStore(EmbeddedDatabase database) {
        this.database = database.access(Tables::inbox);
    }

    @Override
    public Swept expire(Instant now, int most) {
        List<TimeKey> found = database.read(tables -> tables.expiry().before(now.plusMillis(1), most));
        if (found.isEmpty()) {
            return new Swept(List.of(), 0, false);
        }
        return database.write(tables -> {
            List<NotificationKey> taken = new ArrayList<>();
            for (TimeKey one : found) {
                if (tables.expiry().contains(one)) {
                    InboxKey key = keyOf(tables, one.id());
                    tables.delete(key, now, RemovalReason.EXPIRED);
                    taken.add(new NotificationKey(key.userId(), key.id()));
                }
            }
            return new Swept(taken, taken.size(), found.size() == most);
        });
    }

    @Override
    public Walked<AgePosition> removeDeleted(Types types, Instant before, Optional<AgePosition> after, int most) {
        return removeByAge(InboxTables::deletedAge, types, before, after, most);
    }

    @Override
    public Walked<AgePosition> removeSeen(Types types, Instant before, Optional<AgePosition> after, int most) {
        return removeByAge(InboxTables::seenAge, types, before, after, most);
    }

    private Walked<AgePosition> removeByAge(
            Function<InboxTables, TimeIndex> index,
            Types types,
            Instant before,
            Optional<AgePosition> after,
            int most) {
        TimeKey start = after.map(last -> TimeKey.of(last.at(), last.id())).orElse(null);
        Examined<TimeKey> examined = database.read(tables -> {
            List<TimeKey> keys = index.apply(tables).between(start, before, EXAMINED_AT_ONCE);
            return Examined.of(keys, key -> isOf(tables, key.id(), types), most, keys.size() == EXAMINED_AT_ONCE);
        });
        return new Walked<>(
                erase(
                        examined,
                        TimeKey::id,
                        (tables, key) -> index.apply(tables).contains(key)),
                examined.last().map(key -> new AgePosition(Instant.ofEpochMilli(key.millis()), key.id())));
    }

    @Override
    public Walked<String> removeOld(Types types, Instant before, Optional<String> after, int most) {
        String end = NotificationIds.firstAt(before);
        Examined<String> examined = database.read(tables -> {
            List<String> ids = between(tables, after, end, most);
            return Examined.of(ids, id -> isOf(tables, id, types), most, ids.size() == most);
        });
        return new Walked<>(
                erase(examined, id -> id, (tables, id) -> tables.notifications().containsKey(id)), examined.last());
    }

    /** Removes what was chosen and is still there: others may have changed it after it was examined. */
    private <K> Swept erase(Examined<K> examined, Function<K, String> id, BiPredicate<InboxTables, K> isThere) {
        if (examined.chosen().isEmpty()) {
            return new Swept(List.of(), 0, examined.more());
        }
        return database.write(tables -> {
            List<NotificationKey> fromInboxes = new ArrayList<>();
            int count = 0;
            for (K one : examined.chosen()) {
                if (isThere.test(tables, one)) {
                    InboxKey key = keyOf(tables, id.apply(one));
                    if (tables.kept().containsKey(key)) {
                        fromInboxes.add(new NotificationKey(key.userId(), key.id()));
                    }
                    tables.erase(key);
                    count++;
                }
            }
            return new Swept(fromInboxes, count, examined.more());
        });
    }

    private static InboxKey keyOf(InboxTables tables, String id) {
        return new InboxKey(tables.notifications().get(id).userId(), id);
    }

    private static boolean isOf(InboxTables tables, String id, Types types) {
        return types.equals(Types.ALL)
                || types.include(tables.messages()
                        .get(tables.notifications().get(id).message())
                        .type());
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
