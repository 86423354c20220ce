package org.wsnotify.json;

import jakarta.json.stream.JsonGenerator;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.wsnotify.notification.Action;
import org.wsnotify.notification.Message;
import org.wsnotify.notification.Notification;
import org.wsnotify.notification.UnseenCounts;

/** Writes notifications and counts, as docs/protocol.md describes them. Safe for use by many threads. */
public final class NotificationJson {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    /** The time written last. All notifications of a publication have the same time, so it is formatted once. */
    private static volatile FormattedTime lastTime = FormattedTime.of(Instant.EPOCH);

    private NotificationJson() {}

    /** Writes a notification that is kept, as an object. */
    public static void write(JsonGenerator json, Notification notification) {
        json.writeStartObject().write("_id", notification.id()).write("_userId", notification.userId());
        message(json, notification.message());
        json.write("seen", notification.seen())
                .write("delete", false)
                .write("createdAt", time(notification.createdAt()))
                .write("updatedAt", time(notification.updatedAt()))
                .writeNull("deletedAt")
                .writeEnd();
    }

    /** Writes what was sent into an object that is open. */
    public static void message(JsonGenerator json, Message message) {
        json.write("type", message.type())
                .write("title", message.title())
                .write("content", message.content())
                .write("url", message.url())
                .write("icon", message.icon())
                .write("image", message.image());
        if (!message.actions().isEmpty()) {
            actions(json, message.actions());
        }
        if (!message.group().isEmpty()) {
            json.write("group", message.group());
        }
        message.expiresAt().ifPresent(when -> json.write("expiresAt", time(when)));
    }

    private static void actions(JsonGenerator json, List<Action> actions) {
        json.writeStartArray("actions");
        actions.forEach(action -> json.writeStartObject()
                .write("label", action.label())
                .write("url", action.url())
                .writeEnd());
        json.writeEnd();
    }

    /** Writes counts as a member. */
    public static void counts(JsonGenerator json, String name, UnseenCounts counts) {
        json.writeStartObject(name).write("unseen", counts.total());
        json.writeStartObject("byType");
        counts.byType().forEach(json::write);
        json.writeEnd();
        json.write("capped", counts.capped()).writeEnd();
    }

    /** Returns a time with milliseconds, in UTC. */
    public static String time(Instant instant) {
        FormattedTime last = lastTime;
        if (!last.instant().equals(instant)) {
            last = FormattedTime.of(instant);
            lastTime = last;
        }
        return last.text();
    }

    /** An instant with its text. */
    private record FormattedTime(Instant instant, String text) {

        static FormattedTime of(Instant instant) {
            return new FormattedTime(instant, TIME.format(instant));
        }
    }
}
