package org.wsnotify.embedded;

import java.time.Instant;
import java.util.List;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.wsnotify.notification.Message;
import org.wsnotify.notification.RemovalReason;

/**
 * The tables of the notifications.
 *
 * @param notifications every notification by id, deleted ones included
 * @param messages the messages, each by the id of the first notification that carried it: a publication has one message
 *     and up to thousands of recipients
 * @param messageUses the number of notifications that carry each message
 * @param present when it was decided that a user needs no mail about a notification, by its id
 * @param kept what users keep
 * @param unseen the unseen part of {@code kept}, with the type of the message
 * @param deleted what users deleted
 * @param groups the part of {@code kept} that has a group
 * @param seenAge the seen part of {@code kept}, by the time at which it was marked
 * @param deletedAge the same as {@code deleted}, by the time of the deletion
 * @param expiry the part of {@code kept} that expires, by the time at which it does; the id is that of the notification
 */
record InboxTables(
        MVMap<String, StoredNotification> notifications,
        MVMap<String, Message> messages,
        MVMap<String, Long> messageUses,
        MVMap<String, Long> present,
        MVMap<InboxKey, KeptState> kept,
        MVMap<InboxKey, String> unseen,
        MVMap<InboxKey, DeletedState> deleted,
        MVMap<GroupKey, String> groups,
        TimeIndex seenAge,
        TimeIndex deletedAge,
        TimeIndex expiry) {

    private static final String NOTHING = "";

    static InboxTables of(MVStore store) {
        return new InboxTables(
                Tables.open(store, "notifications", Tables.TEXT, StoredNotification.TYPE),
                Tables.open(store, "messages", Tables.TEXT, StoredMessage.TYPE),
                Tables.open(store, "messageUses", Tables.TEXT, Tables.NUMBER),
                Tables.open(store, "present", Tables.TEXT, Tables.NUMBER),
                Tables.open(store, "kept", InboxKey.TYPE, KeptState.TYPE),
                Tables.open(store, "unseen", InboxKey.TYPE, Tables.TEXT),
                Tables.open(store, "deleted", InboxKey.TYPE, DeletedState.TYPE),
                Tables.open(store, "groups", GroupKey.TYPE, Tables.TEXT),
                Tables.index(store, "seenAge"),
                Tables.index(store, "deletedAge"),
                Tables.index(store, "expiry"));
    }

    List<MVMap<?, ?>> all() {
        return List.of(
                notifications,
                messages,
                messageUses,
                present,
                kept,
                unseen,
                deleted,
                groups,
                seenAge.map(),
                deletedAge.map(),
                expiry.map());
    }

    /** Enters a notification that is kept into the tables of groups and of those that expire. */
    void index(InboxKey key, Message message) {
        if (!message.group().isEmpty()) {
            groups.put(new GroupKey(key.userId(), message.group(), key.id()), NOTHING);
        }
        message.expiresAt().ifPresent(when -> expiry.add(TimeKey.of(when, key.id())));
    }

    /** Marks a notification seen, if it is kept and unseen. */
    void markSeen(InboxKey key, Instant when) {
        if (unseen.remove(key) != null) {
            kept.put(key, new KeptState(true, when));
            seenAge.add(TimeKey.of(when, key.id()));
        }
    }

    /** Takes a notification out of the inbox. It stays stored, as deleted. Does nothing if it is not kept. */
    void delete(InboxKey key, Instant when, RemovalReason reason) {
        KeptState state = takeOut(key);
        if (state != null) {
            deleted.put(key, DeletedState.of(state, when, reason));
            deletedAge.add(TimeKey.of(when, key.id()));
        }
    }

    /** Removes a notification, kept or deleted, from all tables; its message too, if no other one carries it. */
    void erase(InboxKey key) {
        takeOut(key);
        DeletedState state = deleted.remove(key);
        if (state != null) {
            deletedAge.remove(TimeKey.of(state.deletedAt(), key.id()));
        }
        present.remove(key.id());
        StoredNotification stored = notifications.remove(key.id());
        if (stored != null && messageUses.merge(stored.message(), -1L, Long::sum) <= 0) {
            messageUses.remove(stored.message());
            messages.remove(stored.message());
        }
    }

    /** Returns what was kept, or null. */
    private KeptState takeOut(InboxKey key) {
        KeptState state = kept.remove(key);
        if (state != null) {
            unseen.remove(key);
            state.seenAt().ifPresent(when -> seenAge.remove(TimeKey.of(when, key.id())));
            Message message = messages.get(notifications.get(key.id()).message());
            if (!message.group().isEmpty()) {
                groups.remove(new GroupKey(key.userId(), message.group(), key.id()));
            }
            message.expiresAt().ifPresent(when -> expiry.remove(TimeKey.of(when, key.id())));
        }
        return state;
    }
}
