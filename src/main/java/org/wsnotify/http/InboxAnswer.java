package org.wsnotify.http;

import jakarta.json.Json;
import jakarta.json.stream.JsonGenerator;
import jakarta.json.stream.JsonGeneratorFactory;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.wsnotify.inbox.Excerpt;
import org.wsnotify.json.NotificationJson;
import org.wsnotify.notification.UnseenCounts;

/** Writes what is answered about an inbox. It is personal, so nobody may cache it. */
final class InboxAnswer {

    private static final JsonGeneratorFactory GENERATORS = Json.createGeneratorFactory(Map.of());
    private static final String COUNTS = "counts";

    private InboxAnswer() {}

    static Response page(Excerpt page, UnseenCounts counts) {
        return of(json -> {
            json.writeStartArray("notifications");
            page.items().forEach(notification -> NotificationJson.write(json, notification));
            json.writeEnd().write("more", page.more());
            NotificationJson.counts(json, COUNTS, counts);
        });
    }

    static Response counts(UnseenCounts counts) {
        return of(json -> NotificationJson.counts(json, COUNTS, counts));
    }

    static Response changed(List<String> ids, UnseenCounts counts) {
        return of(json -> {
            json.writeStartArray("ids");
            ids.forEach(json::write);
            json.writeEnd();
            NotificationJson.counts(json, COUNTS, counts);
        });
    }

    /** Returns an answer with an object. */
    static Response of(Consumer<JsonGenerator> members) {
        return Response.ok(text(members), MediaType.APPLICATION_JSON_TYPE)
                .header("Cache-Control", "no-store")
                .build();
    }

    /** Returns an object as text. */
    static String text(Consumer<JsonGenerator> members) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = GENERATORS.createGenerator(text)) {
            json.writeStartObject();
            members.accept(json);
            json.writeEnd();
        }
        return text.toString();
    }
}
