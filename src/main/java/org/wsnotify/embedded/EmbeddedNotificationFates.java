package org.wsnotify.embedded;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.wsnotify.notification.NotificationKey;
import org.wsnotify.notification.RemovalReason;
import org.wsnotify.outbox.NotificationFates;

/** Reads in the embedded file what became of notifications. Safe for use by many threads. */
public final class EmbeddedNotificationFates implements NotificationFates {

    private final TableAccess<InboxTables> database;

    public EmbeddedNotificationFates(EmbeddedDatabase database) {
        this.database = database.access(Tables::inbox);
    }

    @Override
    public Map<String, Fate> of(Collection<NotificationKey> notifications, Instant now) {
        List<NotificationKey> asked = List.copyOf(notifications);
        return database.read(tables -> {
            Map<String, Fate> fates = new HashMap<>();
            asked.forEach(key -> fate(tables, new InboxKey(key.userId(), key.id()), now)
                    .ifPresent(fate -> fates.put(key.id(), fate)));
            return fates;
        });
    }

    private static Optional<Fate> fate(InboxTables tables, InboxKey key, Instant now) {
        KeptState kept = tables.kept().get(key);
        if (kept != null && hasExpired(tables, key.id(), now)) {
            return Optional.of(Fate.RETRACTED);
        }
        if (kept != null) {
            return Optional.of(kept.seen() ? Fate.SEEN : Fate.UNSEEN);
        }
        return Optional.ofNullable(tables.deleted().get(key))
                .map(state -> state.reason() == RemovalReason.DELETED ? Fate.DELETED : Fate.RETRACTED);
    }

    private static boolean hasExpired(InboxTables tables, String id, Instant now) {
        String message = tables.notifications().get(id).message();
        return tables.messages()
                .get(message)
                .expiresAt()
                .filter(end -> !end.isAfter(now))
                .isPresent();
    }
}
