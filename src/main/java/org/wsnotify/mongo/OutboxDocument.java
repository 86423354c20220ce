package org.wsnotify.mongo;

import java.util.List;
import org.bson.Document;
import org.wsnotify.mail.Mail;
import org.wsnotify.outbox.Addressee;
import org.wsnotify.outbox.OutboxEntry;

/** An entry of the outbox as a document. */
final class OutboxDocument {

    static final String ID = "_id";
    static final String ADDRESSEES = "addressees";
    static final String STATE = "state";
    static final String CREATED = "createdAt";
    static final String DUE = "dueAt";
    static final String ATTEMPTS = "attempts";
    static final String LAST_ANSWER = "lastAnswer";

    /** Who has claimed the entry: a new value for each claim, none while nobody has. */
    static final String CLAIM = "claim";

    /** How the last claim was settled: recognised when it is settled the same way again. */
    static final String SETTLEMENT = "settlement";

    private static final String MAIL = "mail";
    private static final String CONDITIONAL = "conditional";

    private OutboxDocument() {}

    static Document of(OutboxEntry entry) {
        return new Document(ID, entry.id())
                .append(MAIL, mail(entry.mail()))
                .append(ADDRESSEES, addressees(entry))
                .append(STATE, entry.state().name())
                .append(CONDITIONAL, entry.conditional())
                .append(CREATED, entry.createdAt())
                .append(DUE, entry.dueAt())
                .append(ATTEMPTS, entry.attempts())
                .append(LAST_ANSWER, entry.lastAnswer());
    }

    static List<Document> addressees(OutboxEntry entry) {
        return entry.addressees().stream()
                .map(addressee -> new Document("userId", addressee.userId())
                        .append("email", addressee.email())
                        .append("outcome", addressee.outcome().name()))
                .toList();
    }

    static OutboxEntry read(Document document) {
        return new OutboxEntry(
                document.getString(ID),
                readMail(document.get(MAIL, Document.class)),
                readAddressees(document),
                OutboxEntry.State.valueOf(document.getString(STATE)),
                document.getBoolean(CONDITIONAL),
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

    private static Document mail(Mail mail) {
        return new Document("subject", mail.subject())
                .append("content", mail.content())
                .append("mimeVersion", mail.mimeVersion())
                .append("contentType", mail.contentType());
    }

    private static Mail readMail(Document mail) {
        return new Mail(
                mail.getString("subject"),
                mail.getString("content"),
                mail.getString("mimeVersion"),
                mail.getString("contentType"));
    }

    private static Addressee readAddressee(Document addressee) {
        return new Addressee(
                addressee.getString("userId"),
                addressee.getString("email"),
                Addressee.Outcome.valueOf(addressee.getString("outcome")));
    }
}
