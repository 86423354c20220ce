package org.wsnotify.embedded;

import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.wsnotify.notification.Message;

/**
 * The tables of {@link EmbeddedNotificationStore}.
 *
 * @param notifications every notification by id, deleted ones included
 * @param messages the messages, each by the id of the first notification that carries it: a publication has one message
 *     and up to thousands of recipients
 * @param kept what users keep
 * @param unseen the unseen part of {@code kept}, with the type of the message
 * @param deleted what users deleted
 */
record InboxTables(
        MVMap<String, StoredNotification> notifications,
        MVMap<String, Message> messages,
        MVMap<InboxKey, KeptState> kept,
        MVMap<InboxKey, String> unseen,
        MVMap<InboxKey, DeletedState> deleted) {

    static InboxTables of(MVStore store) {
        return new InboxTables(
                Tables.open(store, "notifications", Tables.TEXT, StoredNotification.TYPE),
                Tables.open(store, "messages", Tables.TEXT, StoredMessage.TYPE),
                Tables.open(store, "kept", InboxKey.TYPE, KeptState.TYPE),
                Tables.open(store, "unseen", InboxKey.TYPE, Tables.TEXT),
                Tables.open(store, "deleted", InboxKey.TYPE, DeletedState.TYPE));
    }
}
