package org.wsnotify.wire;

import jakarta.json.Json;
import jakarta.json.stream.JsonGenerator;
import jakarta.json.stream.JsonGeneratorFactory;
import java.io.StringWriter;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import org.wsnotify.notification.Action;
import org.wsnotify.notification.Message;
import org.wsnotify.notification.Notification;
import org.wsnotify.notification.UnseenCounts;
import org.wsnotify.session.Envelope;

/**
 * Writes envelopes as JSON: {@code {"name": ..., "data": ...}}, with {@code counts}, {@code page} and {@code more}
 * where they apply.
 * {@code docs/protocol.md} describes the format.
 *
 * <p>Safe for use by many threads.
 */
public final class EnvelopeCodec {

    private static final JsonGeneratorFactory GENERATORS = Json.createGeneratorFactory(Map.of());
    private static final int REPLACEMENT = 0xFFFD;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    /** The time written last. All notifications of a publication have the same time, so it is formatted once. */
    private static volatile FormattedTime lastTime = FormattedTime.of(Instant.EPOCH);

    private EnvelopeCodec() {}

    /** Returns the envelope with {@code data} as a JSON value. */
    public static String encode(Envelope envelope) {
        StringWriter text = new StringWriter(512);
        try (JsonGenerator json = GENERATORS.createGenerator(text)) {
            json.writeStartObject().write("name", envelope.name());
            data(json, envelope);
            beside(json, envelope);
            envelope.counts().ifPresent(counts -> counts(json, "counts", counts));
            json.writeEnd();
        }
        return wellFormed(text.toString());
    }

    /** Replaces unpaired surrogates, which a text frame cannot contain (RFC 6455, 8.1). */
    private static String wellFormed(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                return text.codePoints()
                        .map(point -> isHalf(point) ? REPLACEMENT : point)
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString();
            }
        }
        return text;
    }

    private static boolean isHalf(int point) {
        return point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
    }

    /** Returns the envelope in ASCII, with {@code data} as JSON in a string, as pages of the earlier server expect. */
    static String encodeWithStringData(Envelope envelope) {
        StringWriter text = new StringWriter(512);
        try (JsonGenerator json = GENERATORS.createGenerator(text)) {
            json.writeStartObject().write("name", envelope.name());
            json.write("data", AsciiJson.escape(dataOf(envelope)));
            beside(json, envelope);
            envelope.counts().ifPresent(counts -> counts(json, "counts", counts));
            json.writeEnd();
        }
        return AsciiJson.escape(text.toString());
    }

    private static String dataOf(Envelope envelope) {
        StringWriter text = new StringWriter(512);
        try (JsonGenerator json = GENERATORS.createGenerator(text)) {
            json.writeStartObject();
            data(json, envelope);
            json.writeEnd();
        }
        String member = text.toString();
        return member.substring("{\"data\":".length(), member.length() - 1);
    }

    private static void data(JsonGenerator json, Envelope envelope) {
        if (envelope instanceof Envelope.Notifications notifications) {
            json.writeStartArray("data");
            notifications.items().forEach(notification -> notification(json, notification));
            json.writeEnd();
        } else if (envelope instanceof Envelope.Seen seen) {
            ids(json, seen.ids());
        } else if (envelope instanceof Envelope.Deleted deleted) {
            ids(json, deleted.ids());
        } else if (envelope instanceof Envelope.Joined joined) {
            json.writeStartObject("data").write("userId", joined.userId());
            counts(json, "counts", joined.unseen());
            json.writeEnd();
        } else if (envelope instanceof Envelope.Counts counts) {
            counts(json, "data", counts.unseen());
        } else if (envelope instanceof Envelope.Pong) {
            json.writeStartObject("data").writeEnd();
        } else if (envelope instanceof Envelope.LoginEnding ending) {
            json.writeStartObject("data").write("expiresAt", TIME.format(ending.end()));
            json.writeEnd();
        } else if (envelope instanceof Envelope.Refreshed refreshed) {
            json.writeStartObject("data");
            refreshed.end().ifPresent(end -> json.write("expiresAt", TIME.format(end)));
            json.writeEnd();
        } else if (envelope instanceof Envelope.Failure failure) {
            failure(json, failure);
        }
    }

    private static void beside(JsonGenerator json, Envelope envelope) {
        if (envelope instanceof Envelope.Notifications notifications) {
            notifications.answers().ifPresent(question -> page(json, question));
            notifications.more().ifPresent(more -> json.write("more", more));
        } else if (envelope instanceof Envelope.Seen seen) {
            seen.upTo().ifPresent(id -> json.write("all", true).write("upTo", id));
        }
    }

    private static void notification(JsonGenerator json, Notification notification) {
        Message message = notification.message();
        json.writeStartObject()
                .write("_id", notification.id())
                .write("_userId", notification.userId())
                .write("type", message.type())
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
        message.expiresAt().ifPresent(when -> json.write("expiresAt", TIME.format(when)));
        json.write("seen", notification.seen())
                .write("delete", false)
                .write("createdAt", time(notification.createdAt()))
                .write("updatedAt", time(notification.updatedAt()))
                .writeNull("deletedAt")
                .writeEnd();
    }

    private static void actions(JsonGenerator json, List<Action> actions) {
        json.writeStartArray("actions");
        actions.forEach(action -> json.writeStartObject()
                .write("label", action.label())
                .write("url", action.url())
                .writeEnd());
        json.writeEnd();
    }

    private static void page(JsonGenerator json, Envelope.Question question) {
        json.writeStartObject("page");
        if (question instanceof Envelope.Question.Page page) {
            json.write("page", page.page());
        } else if (question instanceof Envelope.Question.Before before) {
            json.write("before", before.id());
        } else if (question instanceof Envelope.Question.Unseen) {
            json.write("unseen", true);
        } else if (question instanceof Envelope.Question.UnseenBefore before) {
            json.write("unseen", true).write("before", before.id());
        }
        json.writeEnd();
    }

    private static void ids(JsonGenerator json, List<String> ids) {
        json.writeStartArray("data");
        ids.forEach(json::write);
        json.writeEnd();
    }

    private static void counts(JsonGenerator json, String name, UnseenCounts counts) {
        json.writeStartObject(name).write("unseen", counts.total());
        json.writeStartObject("byType");
        counts.byType().forEach(json::write);
        json.writeEnd();
        json.write("capped", counts.capped()).writeEnd();
    }

    private static void failure(JsonGenerator json, Envelope.Failure failure) {
        json.writeStartObject("data").write("code", failure.code()).write("message", failure.message());
        if (!failure.request().isEmpty()) {
            json.write("request", failure.request());
        }
        json.writeEnd();
    }

    private static String time(Instant instant) {
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
