package org.wsnotify.embedded;

import java.util.List;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.wsnotify.mail.Mail;

/**
 * The tables of {@link EmbeddedOutbox}.
 *
 * @param mails the texts, each by the id of the first entry that carries it
 * @param mailUses the number of entries that carry each text
 * @param entries every entry by id
 * @param due the owed entries by the time at which they may be claimed
 * @param owed the owed entries by the time of their creation
 * @param settled the done and dead entries by the time of their creation
 * @param leases the claimed entries by id, with the time at which they were due
 */
record OutboxTables(
        MVMap<String, Mail> mails,
        MVMap<String, Long> mailUses,
        MVMap<String, StoredEntry> entries,
        TimeIndex due,
        TimeIndex owed,
        TimeIndex settled,
        MVMap<String, Long> leases) {

    static OutboxTables of(MVStore store) {
        return new OutboxTables(
                Tables.open(store, "outbox.mails", Tables.TEXT, StoredMail.TYPE),
                Tables.open(store, "outbox.mailUses", Tables.TEXT, Tables.NUMBER),
                Tables.open(store, "outbox.entries", Tables.TEXT, StoredEntry.TYPE),
                Tables.index(store, "outbox.due"),
                Tables.index(store, "outbox.owed"),
                Tables.index(store, "outbox.settled"),
                Tables.open(store, "outbox.leases", Tables.TEXT, Tables.NUMBER));
    }

    List<MVMap<?, ?>> all() {
        return List.of(mails, mailUses, entries, due.map(), owed.map(), settled.map(), leases);
    }
}
