package org.wsnotify.wire;

import jakarta.json.Json;
import jakarta.json.stream.JsonGenerator;
import jakarta.json.stream.JsonGeneratorFactory;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.wsnotify.json.NotificationJson;
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

    private EnvelopeCodec() {}

    /** Returns the envelope with {@code data} as a JSON value. */
    public static String encode(Envelope envelope) {
        StringWriter text = new StringWriter(512);
        try (JsonGenerator json = GENERATORS.createGenerator(text)) {
            json.writeStartObject().write("name", envelope.name());
            data(json, envelope);
            beside(json, envelope);
            envelope.counts().ifPresent(counts -> NotificationJson.counts(json, "counts", counts));
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
            envelope.counts().ifPresent(counts -> NotificationJson.counts(json, "counts", counts));
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
            notifications.items().forEach(notification -> NotificationJson.write(json, notification));
            json.writeEnd();
        } else if (envelope instanceof Envelope.Seen seen) {
            ids(json, seen.ids());
        } else if (envelope instanceof Envelope.Deleted deleted) {
            ids(json, deleted.ids());
        } else if (envelope instanceof Envelope.Joined joined) {
            json.writeStartObject("data").write("userId", joined.userId());
            NotificationJson.counts(json, "counts", joined.unseen());
            json.writeEnd();
        } else if (envelope instanceof Envelope.Counts counts) {
            NotificationJson.counts(json, "data", counts.unseen());
        } else if (envelope instanceof Envelope.Pong) {
            json.writeStartObject("data").writeEnd();
        } else if (envelope instanceof Envelope.LoginEnding ending) {
            json.writeStartObject("data").write("expiresAt", NotificationJson.time(ending.end()));
            json.writeEnd();
        } else if (envelope instanceof Envelope.Refreshed refreshed) {
            json.writeStartObject("data");
            refreshed.end().ifPresent(end -> json.write("expiresAt", NotificationJson.time(end)));
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

    private static void failure(JsonGenerator json, Envelope.Failure failure) {
        json.writeStartObject("data").write("code", failure.code()).write("message", failure.message());
        if (!failure.request().isEmpty()) {
            json.write("request", failure.request());
        }
        json.writeEnd();
    }
}
