package org.wsnotify.http;

import jakarta.json.stream.JsonGenerator;
import java.util.Locale;
import org.wsnotify.json.NotificationJson;
import org.wsnotify.notification.Notification;
import org.wsnotify.operator.Stories;
import org.wsnotify.story.MailStory;
import org.wsnotify.story.Push;
import org.wsnotify.story.StoredStory;

/** Writes the story of a notification. */
final class StoryJson {

    private StoryJson() {}

    /** Writes its members into an object that is open. */
    static void write(JsonGenerator json, Stories.Story story) {
        write(json, story.stored());
        write(json, story.mail());
    }

    /** Writes what is stored with the notification into an object that is open. */
    static void write(JsonGenerator json, StoredStory stored) {
        Notification notification = stored.notification();
        json.write("id", notification.id()).write("userId", notification.userId());
        NotificationJson.message(json, notification.message());
        json.write("storedAt", NotificationJson.time(notification.createdAt())).write("seen", notification.seen());
        stored.seenAt().ifPresent(when -> json.write("seenAt", NotificationJson.time(when)));
        stored.removal()
                .ifPresent(removal -> json.writeStartObject("removed")
                        .write("at", NotificationJson.time(removal.at()))
                        .write("reason", word(removal.reason()))
                        .writeEnd());
        json.writeStartArray("pushes");
        stored.pushes().forEach(push -> write(json, push));
        json.writeEnd();
    }

    private static void write(JsonGenerator json, Push push) {
        json.writeStartObject()
                .write("at", NotificationJson.time(push.at()))
                .write("node", push.node())
                .write("sessions", push.sessions())
                .writeEnd();
    }

    private static void write(JsonGenerator json, MailStory mail) {
        json.writeStartObject("mail").write("status", word(mail.status()));
        mail.at().ifPresent(when -> json.write("at", NotificationJson.time(when)));
        mail.next().ifPresent(when -> json.write("next", NotificationJson.time(when)));
        if (mail.attempts() > 0) {
            json.write("attempts", mail.attempts());
        }
        if (!mail.answer().isEmpty()) {
            json.write("answer", mail.answer());
        }
        json.writeEnd();
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
