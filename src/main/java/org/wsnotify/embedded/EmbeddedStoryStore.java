package org.wsnotify.embedded;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.wsnotify.notification.Message;
import org.wsnotify.notification.NotificationKey;
import org.wsnotify.story.Push;
import org.wsnotify.story.StoredStory;
import org.wsnotify.story.StoryStore;

/** The stories of notifications in the embedded file. Safe for use by many threads. */
public final class EmbeddedStoryStore implements StoryStore {

    private final TableAccess<InboxTables> database;

    public EmbeddedStoryStore(EmbeddedDatabase database) {
        this.database = database.access(Tables::inbox);
    }

    @Override
    public void pushed(Collection<NotificationKey> notifications, Push push) {
        change(notifications, decisions -> decisions.with(push));
    }

    @Override
    public void present(Collection<NotificationKey> notifications, Instant at) {
        change(notifications, decisions -> decisions.presentAt(at));
    }

    /** What is not stored any more has no story. */
    private void change(Collection<NotificationKey> notifications, UnaryOperator<StoredDecisions> change) {
        List<NotificationKey> all = List.copyOf(notifications);
        if (all.isEmpty()) {
            return;
        }
        database.write(tables -> {
            for (NotificationKey key : all) {
                if (tables.notifications().containsKey(key.id())) {
                    StoredDecisions before = tables.decisions().getOrDefault(key.id(), StoredDecisions.NONE);
                    tables.decisions().put(key.id(), change.apply(before));
                }
            }
            return null;
        });
    }

    @Override
    public Optional<StoredStory> find(String id) {
        return database.read(
                tables -> Optional.ofNullable(tables.notifications().get(id)).map(stored -> read(tables, id, stored)));
    }

    static StoredStory read(InboxTables tables, String id, StoredNotification stored) {
        InboxKey key = new InboxKey(stored.userId(), id);
        Message message = tables.messages().get(stored.message());
        StoredDecisions decisions = tables.decisions().getOrDefault(id, StoredDecisions.NONE);
        KeptState kept = tables.kept().get(key);
        if (kept != null) {
            return new StoredStory(
                    stored.with(id, message, kept),
                    kept.seenAt(),
                    Optional.empty(),
                    decisions.pushes(),
                    decisions.presentAt());
        }
        DeletedState deleted = tables.deleted().get(key);
        return new StoredStory(
                stored.with(id, message, new KeptState(deleted.seen(), deleted.deletedAt())),
                deleted.seenAt(),
                Optional.of(new StoredStory.Removal(deleted.deletedAt(), deleted.reason())),
                decisions.pushes(),
                decisions.presentAt());
    }
}
