package org.wsnotify.mongo;

import java.time.Instant;
import java.util.Date;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.wsnotify.notification.Message;
import org.wsnotify.notification.Notification;

/**
 * A notification as a document, with the field names of the earlier server.
 *
 * <p>Of its documents we assume that {@code _id} is an ObjectId, {@code _userId} a string, and that {@code delete} and
 * {@code seen} are there as booleans: others are not found. Whatever else is missing or of another type is read as well
 * as it can be: a text as empty, a time as that of the {@code _id}.
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
    static final String SEEN = "seen";
    static final String DELETE = "delete";
    static final String CREATED = "createdAt";
    static final String UPDATED = "updatedAt";
    static final String DELETED = "deletedAt";

    /** By which call it was deleted: a field that the earlier server does not know. */
    static final String DELETION = "deletion";

    private NotificationDocument() {}

    static Notification read(Document document) {
        ObjectId id = document.getObjectId(ID);
        Instant created = time(document, CREATED, id.getDate().toInstant());
        return new Notification(
                id.toHexString(),
                text(document, USER),
                message(document),
                Boolean.TRUE.equals(document.get(SEEN)),
                created,
                time(document, UPDATED, created));
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
                text(document, IMAGE));
    }

    private static String text(Document document, String field) {
        Object value = document.get(field);
        return value == null ? "" : value.toString();
    }

    private static Instant time(Document document, String field, Instant otherwise) {
        return document.get(field) instanceof Date date ? date.toInstant() : otherwise;
    }
}
