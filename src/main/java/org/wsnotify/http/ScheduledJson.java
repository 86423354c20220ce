package org.wsnotify.http;

import jakarta.json.stream.JsonGenerator;
import org.wsnotify.delivery.ScheduledPublication;
import org.wsnotify.json.NotificationJson;
import org.wsnotify.notification.NotificationIds;

/** Writes a notification that is not delivered yet. */
final class ScheduledJson {

    private ScheduledJson() {}

    /** Writes its members into an object that is open. */
    static void write(JsonGenerator json, ScheduledPublication publication, ScheduledPublication.Place one) {
        json.write("id", NotificationIds.plus(publication.id().first(), one.place()))
                .write("userId", one.recipient().userId());
        NotificationJson.message(json, publication.message());
        json.write("deliverAt", NotificationJson.time(publication.deliverAt()));
    }
}
