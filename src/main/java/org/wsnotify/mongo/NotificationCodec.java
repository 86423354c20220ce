package org.wsnotify.mongo;

import java.time.Instant;
import java.util.List;
import org.bson.BsonReader;
import org.bson.BsonWriter;
import org.bson.Document;
import org.bson.codecs.Codec;
import org.bson.codecs.DecoderContext;
import org.bson.codecs.DocumentCodec;
import org.bson.codecs.EncoderContext;
import org.bson.types.ObjectId;
import org.wsnotify.notification.Action;
import org.wsnotify.notification.MailIntent;
import org.wsnotify.notification.Message;
import org.wsnotify.notification.Notification;
import org.wsnotify.notification.Origin;

/**
 * Writes a notification directly as BSON. A publication may have ten thousand recipients, and a map for each document
 * would cost as much as writing it. Reads leniently, by {@link NotificationDocument}. Immutable.
 */
final class NotificationCodec implements Codec<Notification> {

    private final DocumentCodec documents = new DocumentCodec();

    @Override
    public void encode(BsonWriter writer, Notification notification, EncoderContext context) {
        Message message = notification.message();
        writer.writeStartDocument();
        writer.writeObjectId(NotificationDocument.ID, new ObjectId(notification.id()));
        writer.writeString(NotificationDocument.USER, notification.userId());
        writer.writeString(NotificationDocument.TYPE, message.type());
        writer.writeString(NotificationDocument.TITLE, message.title());
        writer.writeString(NotificationDocument.CONTENT, message.content());
        writer.writeString(NotificationDocument.URL, message.url());
        writer.writeString(NotificationDocument.ICON, message.icon());
        writer.writeString(NotificationDocument.IMAGE, message.image());
        if (!message.actions().isEmpty()) {
            actions(writer, message.actions());
        }
        if (!message.group().isEmpty()) {
            writer.writeString(NotificationDocument.GROUP, message.group());
        }
        message.expiresAt().ifPresent(when -> time(writer, NotificationDocument.EXPIRES, when));
        notification.origin().ifPresent(origin -> origin(writer, origin));
        writer.writeBoolean(NotificationDocument.SEEN, notification.seen());
        writer.writeBoolean(NotificationDocument.DELETE, false);
        time(writer, NotificationDocument.CREATED, notification.createdAt());
        time(writer, NotificationDocument.UPDATED, notification.updatedAt());
        writer.writeNull(NotificationDocument.DELETED);
        writer.writeEndDocument();
    }

    private static void origin(BsonWriter writer, Origin origin) {
        writer.writeObjectId(NotificationDocument.PUBLICATION, new ObjectId(origin.publication()));
        if (origin.mail() != MailIntent.NONE) {
            writer.writeString(NotificationDocument.MAIL, origin.mail().name());
        }
    }

    private static void actions(BsonWriter writer, List<Action> actions) {
        writer.writeStartArray(NotificationDocument.ACTIONS);
        for (Action action : actions) {
            writer.writeStartDocument();
            writer.writeString(NotificationDocument.ACTION_LABEL, action.label());
            writer.writeString(NotificationDocument.ACTION_URL, action.url());
            writer.writeEndDocument();
        }
        writer.writeEndArray();
    }

    @Override
    public Notification decode(BsonReader reader, DecoderContext context) {
        Document document = documents.decode(reader, context);
        return NotificationDocument.read(document);
    }

    @Override
    public Class<Notification> getEncoderClass() {
        return Notification.class;
    }

    private static void time(BsonWriter writer, String field, Instant instant) {
        writer.writeDateTime(field, instant.toEpochMilli());
    }
}
