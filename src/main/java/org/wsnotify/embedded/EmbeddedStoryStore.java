package org.wsnotify.embedded;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.h2.mvstore.Cursor;
import org.wsnotify.notification.Message;
import org.wsnotify.notification.NotificationIds;
import org.wsnotify.notification.NotificationKey;
import org.wsnotify.notification.Origin;
import org.wsnotify.story.PublicationPushes;
import org.wsnotify.story.Push;
import org.wsnotify.story.StoredStory;
import org.wsnotify.story.StoryStore;

/** The stories of notifications in the embedded file. Safe for use by many threads. */
public final class EmbeddedStoryStore implements StoryStore {

    private final TableAccess<InboxTables> inboxes;
    private final TableAccess<StoryTables> pushes;

    public EmbeddedStoryStore(EmbeddedDatabase database) {
        this.inboxes = database.access(Tables::inbox);
        this.pushes = database.access(Tables::story);
    }

    @Override
    public void pushed(List<PublicationPushes> some) {
        List<PublicationPushes> all = List.copyOf(some);
        pushes.write(tables -> {
            for (PublicationPushes one : all) {
                String key = one.publication() + '-' + TimeKey.digits(one.at());
                while (tables.pushes().containsKey(key)) {
                    key += '+';
                }
                tables.pushes().put(key, one);
                tables.age().add(TimeKey.of(one.at(), key));
            }
            return null;
        });
    }

    @Override
    public void present(Collection<NotificationKey> notifications, Instant at) {
        List<NotificationKey> all = List.copyOf(notifications);
        inboxes.write(tables -> {
            for (NotificationKey key : all) {
                if (tables.notifications().containsKey(key.id())) { // what is not stored any more has no story
                    tables.present().put(key.id(), at.toEpochMilli());
                }
            }
            return null;
        });
    }

    @Override
    public Optional<StoredStory> find(String id) {
        Optional<StoredStory> found = inboxes.read(
                tables -> Optional.ofNullable(tables.notifications().get(id)).map(stored -> read(tables, id, stored)));
        return found.map(story -> new StoredStory(
                story.notification(),
                story.seenAt(),
                story.removal(),
                pushesOf(
                        id,
                        story.notification().origin().map(Origin::publication).orElse(id)),
                story.presentAt()));
    }

    private List<Push> pushesOf(String id, String publication) {
        int place = (int) NotificationIds.places(publication, id);
        return pushes.read(tables -> {
            List<Push> found = new ArrayList<>();
            Cursor<String, PublicationPushes> records =
                    tables.pushes().cursor(publication + '-', publication + '.', false);
            while (records.hasNext()) {
                records.next();
                records.getValue().of(place).ifPresent(found::add);
            }
            return List.copyOf(found.subList(Math.max(0, found.size() - MOST_PUSHES), found.size()));
        });
    }

    @Override
    public void forgetPushes(Instant before) {
        pushes.removeBefore(
                before, StoryTables::age, (tables, key) -> tables.pushes().remove(key));
    }

    /** Reads a story without its pushes. */
    static StoredStory read(InboxTables tables, String id, StoredNotification stored) {
        InboxKey key = new InboxKey(stored.userId(), id);
        Message message = tables.messages().get(stored.message());
        Optional<Instant> presentAt =
                Optional.ofNullable(tables.present().get(id)).map(Instant::ofEpochMilli);
        KeptState kept = tables.kept().get(key);
        if (kept != null) {
            return new StoredStory(
                    stored.with(id, message, kept), kept.seenAt(), Optional.empty(), List.of(), presentAt);
        }
        DeletedState deleted = tables.deleted().get(key);
        return new StoredStory(
                stored.with(id, message, new KeptState(deleted.seen(), deleted.deletedAt())),
                deleted.seenAt(),
                Optional.of(new StoredStory.Removal(deleted.deletedAt(), deleted.reason())),
                List.of(),
                presentAt);
    }
}
