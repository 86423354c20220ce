package org.wsnotify.mongo;

import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bson.Document;
import org.wsnotify.mail.Mail;
import org.wsnotify.outbox.Addressee;
import org.wsnotify.outbox.MailCondition;
import org.wsnotify.outbox.OutboxEntry;
import org.wsnotify.outbox.OwedMail;

/**
 * An entry of the outbox as a document.
 *
 * <p>Documents of the older form are read too. They have neither {@link #PUBLICATION} nor the ids of notifications, and
 * a boolean instead of the condition.
 */
final class OutboxDocument {

    static final String ID = "_id";
    static final String PUBLICATION = "publication";
    static final String ADDRESSEES = "addressees";
    static final String ADDRESSEE_IDS = "addressees.userId";
    static final String STATE = "state";
    static final String CREATED = "createdAt";
    static final String DUE = "dueAt";
    static final String ATTEMPTS = "attempts";
    static final String LAST_ANSWER = "lastAnswer";

    /** Who has claimed the entry: a new value for each claim; missing while it is not claimed. */
    static final String CLAIM = "claim";

    /** How the last claim was settled, so that a repetition of the same call is recognised. */
    static final String SETTLEMENT = "settlement";

    /**
     * The addressees whom a server has heard from since the push. Kept beside {@link #ADDRESSEES}, so that whoever has
     * claimed the entry does not overwrite it. Missing if there are none.
     */
    static final String PRESENT = "present";

    /** When they were heard from. Missing if an earlier version noted them. */
    static final String PRESENT_TIMES = "presentTimes";

    private static final String MAIL = "mail";
    private static final String CONDITION = "condition";
    private static final String OLDER_CONDITION = "conditional";
    static final String USER = "userId";

    private static final String EMAIL = "email";
    private static final String NOTIFICATION = "notification";
    private static final String AT = "at";
    private static final String ANSWER = "answer";

    static final String ADDRESSEE_NOTIFICATIONS = ADDRESSEES + "." + NOTIFICATION;

    private static final String ALWAYS = "ALWAYS";
    private static final String UNLESS_PRESENT = "UNLESS_PRESENT";

    /**
     * Present if it is sent in any case. Earlier versions did not tell that apart, and know nothing but the conditions
     * {@link #ALWAYS} and {@link #UNLESS_PRESENT}.
     */
    private static final String FORCED = "forced";

    private static final String OUTCOME = "outcome";

    /** Which outcome it is, where earlier versions, which must be able to read it, know only one that is like it. */
    private static final String REASON = "reason";

    private OutboxDocument() {}

    static Document of(OutboxEntry<OwedMail> entry) {
        OwedMail owed = entry.owed();
        Document document = new Document(ID, entry.id())
                .append(PUBLICATION, owed.publication())
                .append(MAIL, mail(owed.mail()))
                .append(ADDRESSEES, addressees(entry))
                .append(STATE, entry.state().name())
                .append(CONDITION, owed.condition().equals(new MailCondition.UnlessPresent()) ? UNLESS_PRESENT : ALWAYS)
                .append(CREATED, entry.createdAt())
                .append(DUE, entry.dueAt())
                .append(ATTEMPTS, entry.attempts())
                .append(LAST_ANSWER, entry.lastAnswer());
        return owed.condition().equals(new MailCondition.Always()) ? document.append(FORCED, true) : document;
    }

    static List<Document> addressees(OutboxEntry<OwedMail> entry) {
        return entry.owed().addressees().stream().map(OutboxDocument::addressee).toList();
    }

    static OutboxEntry<OwedMail> read(Document document) {
        OwedMail owed = new OwedMail(
                readPublication(document),
                readMail(document.get(MAIL, Document.class)),
                withThePresent(readAddressees(document), document),
                readCondition(document));
        return new OutboxEntry<>(
                document.getString(ID),
                owed,
                OutboxEntry.State.valueOf(document.getString(STATE)),
                document.getDate(CREATED).toInstant(),
                document.getDate(DUE).toInstant(),
                document.getInteger(ATTEMPTS),
                document.getString(LAST_ANSWER));
    }

    static List<Addressee> readAddressees(Document document) {
        return document.getList(ADDRESSEES, Document.class).stream()
                .map(OutboxDocument::readAddressee)
                .toList();
    }

    /** Reads a document that may have nothing of its addressees but the ids. */
    static List<String> readAddresseeIds(Document document) {
        return document.getList(ADDRESSEES, Document.class).stream()
                .map(addressee -> addressee.getString(USER))
                .toList();
    }

    /** Reads the addresses of a user in a document that may have nothing but its addressees. */
    static List<String> readAddresses(Document document, String userId) {
        return document.getList(ADDRESSEES, Document.class).stream()
                .filter(addressee -> userId.equals(addressee.getString(USER)))
                .map(addressee -> addressee.getString(EMAIL))
                .toList();
    }

    /** Returns what is noted in {@link #PRESENT_TIMES}. */
    static Document presentTime(String userId, Instant at) {
        return new Document(USER, userId).append(AT, at);
    }

    private static List<Addressee> withThePresent(List<Addressee> addressees, Document document) {
        Set<String> present = Set.copyOf(document.getList(PRESENT, String.class, List.of()));
        if (present.isEmpty()) {
            return addressees;
        }
        Map<String, Instant> times = new HashMap<>();
        document.getList(PRESENT_TIMES, Document.class, List.of())
                .forEach(one ->
                        times.putIfAbsent(one.getString(USER), one.getDate(AT).toInstant()));
        return addressees.stream()
                .map(one -> one.isWaiting() && present.contains(one.userId())
                        ? one.present(Optional.ofNullable(times.get(one.userId())))
                        : one)
                .toList();
    }

    /** In the older form only the id of the entry told it. */
    private static String readPublication(Document document) {
        String publication = document.getString(PUBLICATION);
        return publication == null ? document.getString(ID).split("-", 2)[0] : publication;
    }

    private static MailCondition readCondition(Document document) {
        String condition = document.getString(CONDITION);
        if (condition == null) {
            condition = document.getBoolean(OLDER_CONDITION) ? UNLESS_PRESENT : ALWAYS;
        }
        return switch (condition) {
            case ALWAYS ->
                document.getBoolean(FORCED, false) ? new MailCondition.Always() : new MailCondition.UnlessSeen();
            case UNLESS_PRESENT -> new MailCondition.UnlessPresent();
            case "FORCED" -> new MailCondition.Always(); // of unreleased versions
            default -> throw new IllegalArgumentException("unknown condition of a mail");
        };
    }

    static Document mail(Mail mail) {
        return new Document("subject", mail.subject())
                .append("content", mail.content())
                .append("mimeVersion", mail.mimeVersion())
                .append("contentType", mail.contentType());
    }

    static Mail readMail(Document mail) {
        return new Mail(
                mail.getString("subject"),
                mail.getString("content"),
                mail.getString("mimeVersion"),
                mail.getString("contentType"));
    }

    private static Document addressee(Addressee addressee) {
        Document document = new Document(USER, addressee.userId())
                .append(EMAIL, addressee.email())
                .append(OUTCOME, outcomeForAll(addressee.outcome()).name());
        if (outcomeForAll(addressee.outcome()) != addressee.outcome()) {
            document.append(REASON, addressee.outcome().name());
        }
        addressee.notificationId().ifPresent(id -> document.append(NOTIFICATION, id));
        addressee.at().ifPresent(when -> document.append(AT, when));
        if (!addressee.answer().isEmpty()) {
            document.append(ANSWER, addressee.answer());
        }
        return document;
    }

    private static Addressee.Outcome outcomeForAll(Addressee.Outcome outcome) {
        return switch (outcome) {
            case SEEN, RETRACTED -> Addressee.Outcome.PRESENT;
            default -> outcome;
        };
    }

    private static Addressee readAddressee(Document addressee) {
        return new Addressee(
                addressee.getString(USER),
                Optional.ofNullable(addressee.getString(NOTIFICATION)),
                addressee.getString(EMAIL),
                Addressee.Outcome.valueOf(addressee.get(REASON, addressee.getString(OUTCOME))),
                Optional.ofNullable(addressee.getDate(AT)).map(Date::toInstant),
                addressee.get(ANSWER, ""));
    }
}
