package org.wsnotify.embedded;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.wsnotify.mail.Mail;
import org.wsnotify.outbox.Addressee;
import org.wsnotify.outbox.MailCondition;
import org.wsnotify.outbox.OutboxEntry;
import org.wsnotify.outbox.OwedMail;

/**
 * An entry of the outbox. Its key is its id.
 *
 * @param publication empty if the entry was written before format 3; read it by {@link #publication(String)}
 * @param mail the key of the mail, which never changes and is written once for all entries of a publication: the id of
 *     the first entry that had it
 */
record StoredEntry(
        Optional<String> publication,
        String mail,
        List<Addressee> addressees,
        OutboxEntry.State state,
        MailCondition condition,
        Instant createdAt,
        Instant dueAt,
        int attempts,
        String lastAnswer) {

    private static final int FIRST_WITH_PUBLICATION = 3;
    private static final int FIRST_WITH_TIMES = 5;
    private static final int ADDRESSEE_CHARACTERS = 104;
    private static final List<OutboxEntry.State> STATES =
            List.of(OutboxEntry.State.OWED, OutboxEntry.State.DONE, OutboxEntry.State.DEAD);
    private static final List<Addressee.Outcome> OUTCOMES = List.of(
            Addressee.Outcome.WAITING,
            Addressee.Outcome.SENT,
            Addressee.Outcome.REFUSED,
            Addressee.Outcome.PRESENT,
            Addressee.Outcome.SEEN,
            Addressee.Outcome.RETRACTED);

    /**
     * In the order of their numbers. Format 2 had a flag in their place, which is written as the same byte. Before
     * format 5 the first one was also written for what is sent in any case.
     */
    private static final List<MailCondition> CONDITIONS =
            List.of(new MailCondition.UnlessSeen(), new MailCondition.UnlessPresent(), new MailCondition.Always());

    static final RecordType<StoredEntry> TYPE = RecordType.value(
            StoredEntry[]::new,
            entry -> entry.mail.length() + entry.lastAnswer.length() + ADDRESSEE_CHARACTERS * entry.addressees.size(),
            StoredEntry::write,
            StoredEntry::read);

    /** @param mail the key of the mail */
    static StoredEntry of(OutboxEntry<OwedMail> entry, String mail) {
        return new StoredEntry(
                Optional.of(entry.owed().publication()),
                mail,
                entry.owed().addressees(),
                entry.state(),
                entry.owed().condition(),
                entry.createdAt(),
                entry.dueAt(),
                entry.attempts(),
                entry.lastAnswer());
    }

    OutboxEntry<OwedMail> with(String id, Mail said) {
        OwedMail owed = new OwedMail(publication(id), said, addressees, condition);
        return new OutboxEntry<>(id, owed, state, createdAt, dueAt, attempts, lastAnswer);
    }

    /** Returns the publication of an entry. In format 2 only the id of the entry told it. */
    String publication(String id) {
        return publication.orElseGet(() -> id.split("-", 2)[0]);
    }

    boolean owed() {
        return state == OutboxEntry.State.OWED;
    }

    StoredEntry dueAt(Instant when) {
        return new StoredEntry(publication, mail, addressees, state, condition, createdAt, when, attempts, lastAnswer);
    }

    StoredEntry withAddressees(List<Addressee> others) {
        return new StoredEntry(publication, mail, others, state, condition, createdAt, dueAt, attempts, lastAnswer);
    }

    /** Returns this entry without addressees that another one does not have. */
    StoredEntry withoutThoseMissingIn(StoredEntry other) {
        return withAddressees(addressees.stream()
                .filter(one -> other.addressees.stream().anyMatch(one::isSameAs))
                .toList());
    }

    /** Returns this entry with the outcome of those who wait and are present since a time. */
    StoredEntry withPresent(Set<String> users, Instant at) {
        return withAddressees(addressees.stream()
                .map(one -> one.isWaiting() && users.contains(one.userId()) ? one.present(Optional.of(at)) : one)
                .toList());
    }

    /** Returns this entry with the outcome of those who wait and are present in another one. */
    StoredEntry withPresentOf(StoredEntry other) {
        return withAddressees(addressees.stream()
                .map(one -> one.isWaiting()
                        ? other.present(one.userId())
                                .map(found -> one.present(found.at()))
                                .orElse(one)
                        : one)
                .toList());
    }

    /** Returns whether a notification is among those that the mail is about. */
    boolean concerns(String notificationId) {
        return addressees.stream()
                .anyMatch(one ->
                        one.notificationId().filter(notificationId::equals).isPresent());
    }

    private Optional<Addressee> present(String userId) {
        return addressees.stream()
                .filter(one -> one.outcome() == Addressee.Outcome.PRESENT
                        && one.userId().equals(userId))
                .findFirst();
    }

    private static void write(FieldWriter out, StoredEntry entry) {
        out.text(entry.publication.orElse(""))
                .text(entry.mail)
                .list(entry.addressees, StoredEntry::writeAddressee)
                .number(STATES.indexOf(entry.state))
                .number(CONDITIONS.indexOf(entry.condition))
                .time(entry.createdAt)
                .time(entry.dueAt)
                .number(entry.attempts)
                .text(entry.lastAnswer);
    }

    private static void writeAddressee(FieldWriter out, Addressee addressee) {
        out.text(addressee.userId())
                .text(addressee.notificationId().orElse(""))
                .text(addressee.email())
                .number(OUTCOMES.indexOf(addressee.outcome()))
                .optional(addressee.at(), FieldWriter::time)
                .text(addressee.answer());
    }

    private static StoredEntry read(RecordReader in) {
        return new StoredEntry(
                addedText(in),
                in.text(),
                in.list(StoredEntry::readAddressee),
                STATES.get(in.number()),
                CONDITIONS.get(in.number()),
                in.time(),
                in.time(),
                in.number(),
                in.text());
    }

    private static Addressee readAddressee(RecordReader in) {
        boolean dated = in.version() >= FIRST_WITH_TIMES;
        return new Addressee(
                in.text(),
                addedText(in),
                in.text(),
                OUTCOMES.get(in.number()),
                dated ? in.optional(RecordReader::time) : Optional.empty(),
                dated ? in.text() : "");
    }

    /** A text that format 2 does not have. */
    private static Optional<String> addedText(RecordReader in) {
        return in.version() < FIRST_WITH_PUBLICATION
                ? Optional.empty()
                : Optional.of(in.text()).filter(text -> !text.isEmpty());
    }
}
