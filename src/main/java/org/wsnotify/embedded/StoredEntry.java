package org.wsnotify.embedded;

import java.time.Instant;
import java.util.List;
import org.wsnotify.mail.Mail;
import org.wsnotify.outbox.Addressee;
import org.wsnotify.outbox.OutboxEntry;

/**
 * An entry of the outbox; its id is the key.
 *
 * @param mail the key of what it says, which never changes and is written once for all entries of a publication: the id
 *     of the entry that said it first
 */
record StoredEntry(
        String mail,
        List<Addressee> addressees,
        OutboxEntry.State state,
        boolean conditional,
        Instant createdAt,
        Instant dueAt,
        int attempts,
        String lastAnswer) {

    private static final int ADDRESSEE_CHARACTERS = 80;
    private static final List<OutboxEntry.State> STATES =
            List.of(OutboxEntry.State.OWED, OutboxEntry.State.DONE, OutboxEntry.State.DEAD);
    private static final List<Addressee.Outcome> OUTCOMES = List.of(
            Addressee.Outcome.WAITING, Addressee.Outcome.SENT, Addressee.Outcome.REFUSED, Addressee.Outcome.PRESENT);

    static final RecordType<StoredEntry> TYPE = RecordType.value(
            StoredEntry[]::new,
            entry -> entry.mail.length() + entry.lastAnswer.length() + ADDRESSEE_CHARACTERS * entry.addressees.size(),
            StoredEntry::write,
            StoredEntry::read);

    static StoredEntry of(OutboxEntry entry, String mail) {
        return new StoredEntry(
                mail,
                entry.addressees(),
                entry.state(),
                entry.conditional(),
                entry.createdAt(),
                entry.dueAt(),
                entry.attempts(),
                entry.lastAnswer());
    }

    OutboxEntry with(String id, Mail said) {
        return new OutboxEntry(id, said, addressees, state, conditional, createdAt, dueAt, attempts, lastAnswer);
    }

    boolean owed() {
        return state == OutboxEntry.State.OWED;
    }

    StoredEntry dueAt(Instant when) {
        return new StoredEntry(mail, addressees, state, conditional, createdAt, when, attempts, lastAnswer);
    }

    private static void write(FieldWriter out, StoredEntry entry) {
        out.text(entry.mail)
                .list(entry.addressees, StoredEntry::writeAddressee)
                .number(STATES.indexOf(entry.state))
                .flag(entry.conditional)
                .time(entry.createdAt)
                .time(entry.dueAt)
                .number(entry.attempts)
                .text(entry.lastAnswer);
    }

    private static void writeAddressee(FieldWriter out, Addressee addressee) {
        out.text(addressee.userId()).text(addressee.email()).number(OUTCOMES.indexOf(addressee.outcome()));
    }

    private static StoredEntry read(RecordReader in) {
        return new StoredEntry(
                in.text(),
                in.list(fields -> new Addressee(fields.text(), fields.text(), OUTCOMES.get(fields.number()))),
                STATES.get(in.number()),
                in.flag(),
                in.time(),
                in.time(),
                in.number(),
                in.text());
    }
}
