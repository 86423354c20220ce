package org.wsnotify.mongo;

import java.util.List;
import java.util.Optional;
import org.bson.Document;
import org.wsnotify.delivery.Publication;
import org.wsnotify.delivery.ScheduledPublication;
import org.wsnotify.delivery.ScheduledPublication.Place;
import org.wsnotify.notification.NotificationIds;
import org.wsnotify.notification.PublicationId;
import org.wsnotify.notification.Recipient;

/** A scheduled publication as a document. Its {@code _id} begins with the node, so that it is found from any of its ids. */
final class ScheduleDocument {

    static final String ID = "_id";
    static final String DUE = "dueAt";
    static final String CLAIM = "claim";
    static final String RECIPIENTS = "recipients";
    static final String PLACE = "place";
    static final String USER = "userId";
    static final String USERS = RECIPIENTS + "." + USER;

    /** What was taken out since the first claim. */
    static final String WITHDRAWN = "withdrawn";

    private static final String PUBLICATION = "publication";
    private static final String DELIVER_AT = "deliverAt";
    private static final String MESSAGE = "message";
    private static final String MAIL = "mail";
    private static final String FORCE = "force";
    private static final String EMAIL = "email";

    private ScheduleDocument() {}

    static Document of(ScheduledPublication publication) {
        Document document = new Document(
                        ID, NotificationIds.byNode(publication.id().first()))
                .append(PUBLICATION, publication.id().toString())
                .append(DELIVER_AT, publication.deliverAt())
                .append(DUE, publication.deliverAt())
                .append(MESSAGE, RelayEventFormat.write(publication.message()))
                .append(
                        RECIPIENTS,
                        publication.recipients().stream()
                                .map(ScheduleDocument::recipient)
                                .toList());
        publication
                .mail()
                .ifPresent(request -> document.append(MAIL, OutboxDocument.mail(request.mail()))
                        .append(FORCE, request.force()));
        return document;
    }

    private static Document recipient(Place one) {
        return new Document(PLACE, one.place())
                .append(USER, one.recipient().userId())
                .append(EMAIL, one.recipient().email());
    }

    static ScheduledPublication read(Document document) {
        return new ScheduledPublication(
                id(document),
                document.getDate(DELIVER_AT).toInstant(),
                RelayEventFormat.readMessage(document.get(MESSAGE, Document.class)),
                document.getList(RECIPIENTS, Document.class).stream()
                        .map(one -> new Place(
                                one.getInteger(PLACE), new Recipient(one.getString(USER), one.getString(EMAIL))))
                        .toList(),
                Optional.ofNullable(document.get(MAIL, Document.class))
                        .map(mail -> new Publication.MailRequest(
                                OutboxDocument.readMail(mail), document.getBoolean(FORCE))));
    }

    static PublicationId id(Document document) {
        return PublicationId.parse(document.getString(PUBLICATION)).orElseThrow();
    }

    static List<PublicationId> withdrawn(Document document) {
        return document.getList(WITHDRAWN, String.class, List.of()).stream()
                .flatMap(text -> PublicationId.parse(text).stream())
                .toList();
    }
}
