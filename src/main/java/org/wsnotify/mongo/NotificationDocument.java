package org.wsnotify.mongo;

import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.wsnotify.notification.Action;
import org.wsnotify.notification.MailIntent;
import org.wsnotify.notification.Message;
import org.wsnotify.notification.Notification;
import org.wsnotify.notification.Origin;

/**
 * A notification as a document, with the field names of the earlier server.
 *
 * <p>In documents of the earlier server, {@code _id} must be an ObjectId, {@code _userId} a string, and {@code delete}
 * and {@code seen} booleans: other documents are not found. Any other field may be missing or have another type. A text
 * is then read as its string form or as empty, and a time as that of the {@code _id}.
 */
final class NotificationDocument {

    static final String ID = "_id";
    static final String USER = "_userId";
    static final String TYPE = "type";
    static final String TITLE = "title";
    static final String CONTENT = "content";
    static final String URL = "url";
    static final String ICON = "icon";
    static final String IMAGE = "image";

    /** Only in documents with actions. The earlier server does not know this field, or those in it. */
    static final String ACTIONS = "actions";

    static final String ACTION_LABEL = "label";
    static final String ACTION_URL = "url";
    static final String SEEN = "seen";
    static final String DELETE = "delete";
    static final String CREATED = "createdAt";
    static final String UPDATED = "updatedAt";
    static final String DELETED = "deletedAt";

    /** The first notification of the publication. The earlier server does not know this field or those below. */
    static final String PUBLICATION = "publication";

    /** Whether a mail was requested, a {@link MailIntent}. Missing if not. */
    static final String MAIL = "mail";

    /** Only in documents of a group. */
    static final String GROUP = "group";

    /** Only in documents that expire. */
    static final String EXPIRES = "expiresAt";

    /** When it was marked seen. Missing if it was not, or by an earlier version. */
    static final String SEEN_AT = "seenAt";

    /** Why it was deleted, a {@link org.wsnotify.notification.RemovalReason}. Missing if its user did so. */
    static final String REMOVED_BY = "removedBy";

    /** When it was decided that the user, being online, needs no mail. Missing if it was not. */
    static final String PRESENT_AT = "presentAt";

    /** The call that deleted the notification. The earlier server does not know this field. */
    static final String DELETION = "deletion";

    /** Names both values, so that the index of the inbox leads to these documents, and in order of their ids. */
    private static final Document SEEN_OR_NOT = new Document("$in", List.of(false, true));

    private NotificationDocument() {}

    /**
     * Returns the condition for notifications of users that were deleted, or were not.
     *
     * @param user an id, or a condition for ids
     */
    static Document of(Object user, boolean deleted) {
        return new Document(USER, user).append(DELETE, deleted).append(SEEN, SEEN_OR_NOT);
    }

    static Notification read(Document document) {
        ObjectId id = document.getObjectId(ID);
        Instant created = time(document, CREATED, id.getDate().toInstant());
        return new Notification(
                id.toHexString(),
                text(document, USER),
                message(document),
                Boolean.TRUE.equals(document.get(SEEN)),
                created,
                time(document, UPDATED, created),
                origin(document));
    }

    private static Optional<Origin> origin(Document document) {
        return document.get(PUBLICATION) instanceof ObjectId publication
                ? Optional.of(new Origin(publication.toHexString(), mailIntent(document)))
                : Optional.empty();
    }

    private static MailIntent mailIntent(Document document) {
        return document.get(MAIL) instanceof String intent ? MailIntent.valueOf(intent) : MailIntent.NONE;
    }

    /** Returns a time that may be missing. */
    static Optional<Instant> optionalTime(Document document, String field) {
        return document.get(field) instanceof Date date ? Optional.of(date.toInstant()) : Optional.empty();
    }

    static String id(Document document) {
        return document.getObjectId(ID).toHexString();
    }

    static String type(Document document) {
        return text(document, TYPE);
    }

    private static Message message(Document document) {
        return new Message(
                text(document, TYPE),
                text(document, TITLE),
                text(document, CONTENT),
                text(document, URL),
                text(document, ICON),
                text(document, IMAGE),
                actions(document),
                text(document, GROUP),
                optionalTime(document, EXPIRES));
    }

    private static List<Action> actions(Document document) {
        return document.get(ACTIONS) instanceof List<?> actions
                ? actions.stream()
                        .filter(Document.class::isInstance)
                        .map(Document.class::cast)
                        .map(action -> new Action(text(action, ACTION_LABEL), text(action, ACTION_URL)))
                        .toList()
                : List.of();
    }

    private static String text(Document document, String field) {
        Object value = document.get(field);
        return value == null ? "" : value.toString();
    }

    private static Instant time(Document document, String field, Instant otherwise) {
        return optionalTime(document, field).orElse(otherwise);
    }
}
