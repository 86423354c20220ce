package org.wsnotify.embedded;

import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.type.DataType;
import org.h2.mvstore.type.LongDataType;
import org.h2.mvstore.type.StringDataType;
import org.wsnotify.mail.Mail;
import org.wsnotify.notification.Message;

/**
 * The maps of an opened file. Used within {@link EmbeddedDatabase#read} and {@link EmbeddedDatabase#write} only.
 *
 * @param notifications every notification by its id, also the deleted ones
 * @param messages what the notifications say, by the id of the one that said it first: a publication has thousands of
 *     recipients and one message
 * @param kept what users keep
 * @param unseen what of it they have not seen, with its type
 * @param deleted what they deleted
 * @param mails the texts of the outbox, by the id of the entry that was the first to have it
 * @param mailUses how many entries have each of them
 * @param entries every entry of the outbox by its id
 * @param due the owed entries by the time they may be claimed; the value means nothing
 * @param owed the owed entries by the time they were owed; the value means nothing
 * @param settled the done and dead entries by the time they were owed; the value means nothing
 * @param leases the claimed entries by id, with the time at which they had been due
 * @param keys every idempotency key
 * @param keysByAge the same by the time of the first claim; the value means nothing
 * @param working the keys that are claimed and not answered, with the end of the lease
 * @param answers the keys that are answered, with the answer
 * @param commits which commit is the last
 */
record Tables(
        MVMap<String, StoredNotification> notifications,
        MVMap<String, Message> messages,
        MVMap<InboxKey, KeptState> kept,
        MVMap<InboxKey, String> unseen,
        MVMap<InboxKey, DeletedState> deleted,
        MVMap<String, Mail> mails,
        MVMap<String, Long> mailUses,
        MVMap<String, StoredEntry> entries,
        MVMap<TimeKey, String> due,
        MVMap<TimeKey, String> owed,
        MVMap<TimeKey, String> settled,
        MVMap<String, Long> leases,
        MVMap<String, StoredKey> keys,
        MVMap<TimeKey, String> keysByAge,
        MVMap<String, Long> working,
        MVMap<String, String> answers,
        MVMap<String, Long> commits) {

    /** The value where the key says all. */
    static final String NOTHING = "";

    private static final StringDataType TEXT = StringDataType.INSTANCE;
    private static final LongDataType NUMBER = LongDataType.INSTANCE;

    static Tables of(MVStore store) {
        return new Tables(
                map(store, "notifications", TEXT, StoredNotification.TYPE),
                map(store, "messages", TEXT, StoredMessage.TYPE),
                map(store, "kept", InboxKey.TYPE, KeptState.TYPE),
                map(store, "unseen", InboxKey.TYPE, TEXT),
                map(store, "deleted", InboxKey.TYPE, DeletedState.TYPE),
                map(store, "outbox.mails", TEXT, StoredMail.TYPE),
                map(store, "outbox.mailUses", TEXT, NUMBER),
                map(store, "outbox.entries", TEXT, StoredEntry.TYPE),
                map(store, "outbox.due", TimeKey.TYPE, TEXT),
                map(store, "outbox.owed", TimeKey.TYPE, TEXT),
                map(store, "outbox.settled", TimeKey.TYPE, TEXT),
                map(store, "outbox.leases", TEXT, NUMBER),
                map(store, "idempotency.keys", TEXT, StoredKey.TYPE),
                map(store, "idempotency.age", TimeKey.TYPE, TEXT),
                map(store, "idempotency.working", TEXT, NUMBER),
                map(store, "idempotency.answers", TEXT, TEXT),
                map(store, "commits", TEXT, NUMBER));
    }

    private static <K, V> MVMap<K, V> map(MVStore store, String name, DataType<K> keys, DataType<V> values) {
        return store.openMap(name, new MVMap.Builder<K, V>().keyType(keys).valueType(values));
    }
}
