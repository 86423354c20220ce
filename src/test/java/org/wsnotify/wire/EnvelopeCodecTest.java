package org.wsnotify.wire;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.wsnotify.notification.Action;
import org.wsnotify.notification.Message;
import org.wsnotify.notification.Notification;
import org.wsnotify.notification.UnseenCounts;
import org.wsnotify.session.Envelope;

class EnvelopeCodecTest {

    private static final UnseenCounts COUNTS = new UnseenCounts(2, Map.of("msg", 2), false);
    private static final Notification NOTIFICATION = Notification.unseen(
            "0123456789abcdef01234567",
            "3",
            new Message("msg", "T", "\u00e4 \"x\" \u2028 \ud83d\ude00", "http://e.example/x", "i", "m"),
            Instant.parse("2026-01-01T12:00:00Z"));

    @Test
    void onlyUnpairedSurrogatesAreReplaced() {
        Envelope.Failure failure = new Envelope.Failure("unknown-name", "no", "a\ud800b\ud83d\ude00c\udc00");

        assertThat(EnvelopeCodec.encode(failure)).contains("a\ufffdb\ud83d\ude00c\ufffd");
    }

    @Test
    void pushHasTheFieldsOfTheEarlierServerAndTheCounts() {
        JsonObject json = json(Envelope.Notifications.push(NOTIFICATION, Optional.of(COUNTS)));

        assertThat(json.keySet()).containsExactly("name", "data", "counts");
        assertThat(json.getString("name")).isEqualTo("notification");
        JsonObject item = json.getJsonArray("data").getJsonObject(0);
        assertThat(item.keySet())
                .containsExactlyInAnyOrder(
                        "_id",
                        "_userId",
                        "type",
                        "title",
                        "content",
                        "url",
                        "icon",
                        "image",
                        "seen",
                        "delete",
                        "createdAt",
                        "updatedAt",
                        "deletedAt");
        assertThat(item.getString("content")).isEqualTo(NOTIFICATION.message().content());
        assertThat(item.getString("createdAt")).isEqualTo("2026-01-01T12:00:00.000Z");
        assertThat(item.isNull("deletedAt")).isTrue();
        assertThat(json.getJsonObject("counts")).hasToString("{\"unseen\":2,\"byType\":{\"msg\":2},\"capped\":false}");
    }

    @Test
    void answerNamesTheQuestion() {
        var page = new Envelope.Notifications(List.of(), Optional.of(new Envelope.Question.Page(4)), Optional.empty());
        var before =
                new Envelope.Notifications(List.of(), Optional.of(new Envelope.Question.Before("x")), Optional.empty());
        var unseen =
                new Envelope.Notifications(List.of(), Optional.of(new Envelope.Question.Unseen()), Optional.empty());

        assertThat(EnvelopeCodec.encode(page))
                .isEqualTo("{\"name\":\"notification\",\"data\":[],\"page\":{\"page\":4}}");
        assertThat(EnvelopeCodec.encode(before)).contains("\"page\":{\"before\":\"x\"}");
        assertThat(EnvelopeCodec.encode(unseen)).endsWith("\"page\":{\"unseen\":true}}");
    }

    @Test
    void actionsAreAMemberOnlyIfThereAreAny() {
        Message message = new Message("", "", "c", "", "", "", List.of(new Action("A \"b\"", "https://e.example/")));
        Notification notification = Notification.unseen("x", "3", message, Instant.EPOCH);
        Envelope push = Envelope.Notifications.push(notification, Optional.empty());

        JsonObject item = json(push).getJsonArray("data").getJsonObject(0);
        assertThat(item.get("actions")).hasToString("[{\"label\":\"A \\\"b\\\"\",\"url\":\"https://e.example/\"}]");
        assertThat(EnvelopeCodec.encodeWithStringData(push)).contains("actions");
    }

    @Test
    void boundedAnswerTellsWhetherThereIsMoreInBothFormats() {
        var first = new Envelope.Notifications(
                List.of(), Optional.of(new Envelope.Question.Page(0)), Optional.of(true), Optional.empty());
        var last = new Envelope.Notifications(
                List.of(), Optional.of(new Envelope.Question.UnseenBefore("x")), Optional.of(false), Optional.empty());

        assertThat(EnvelopeCodec.encode(first))
                .isEqualTo("{\"name\":\"notification\",\"data\":[],\"page\":{\"page\":0},\"more\":true}");
        assertThat(EnvelopeCodec.encodeWithStringData(last))
                .isEqualTo("{\"name\":\"notification\",\"data\":\"[]\",\"page\":{\"unseen\":true,\"before\":\"x\"},"
                        + "\"more\":false}");
    }

    @Test
    void otherEnvelopesAreAsDocumented() {
        assertThat(EnvelopeCodec.encode(new Envelope.Joined("3", COUNTS)))
                .isEqualTo("{\"name\":\"joined\",\"data\":{\"userId\":\"3\",\"counts\":"
                        + "{\"unseen\":2,\"byType\":{\"msg\":2},\"capped\":false}}}");
        assertThat(EnvelopeCodec.encode(new Envelope.Seen(List.of("a"), Optional.empty(), Optional.empty())))
                .isEqualTo("{\"name\":\"seen\",\"data\":[\"a\"]}");
        assertThat(EnvelopeCodec.encode(new Envelope.Seen(List.of(), Optional.of("b"), Optional.empty())))
                .isEqualTo("{\"name\":\"seen\",\"data\":[],\"all\":true,\"upTo\":\"b\"}");
        assertThat(EnvelopeCodec.encode(new Envelope.Deleted(List.of("a"), Optional.empty())))
                .isEqualTo("{\"name\":\"delete\",\"data\":[\"a\"]}");
        assertThat(EnvelopeCodec.encode(new Envelope.Counts(UnseenCounts.NONE)))
                .isEqualTo("{\"name\":\"counts\",\"data\":{\"unseen\":0,\"byType\":{},\"capped\":false}}");
        Instant end = Instant.parse("2026-01-01T12:00:00Z");
        assertThat(EnvelopeCodec.encode(new Envelope.LoginEnding(end)))
                .isEqualTo("{\"name\":\"token-expiring\",\"data\":{\"expiresAt\":\"2026-01-01T12:00:00.000Z\"}}");
        assertThat(EnvelopeCodec.encode(new Envelope.Refreshed(Optional.of(end))))
                .isEqualTo("{\"name\":\"refreshed\",\"data\":{\"expiresAt\":\"2026-01-01T12:00:00.000Z\"}}");
        assertThat(EnvelopeCodec.encode(new Envelope.Refreshed(Optional.empty())))
                .isEqualTo("{\"name\":\"refreshed\",\"data\":{}}");
        assertThat(EnvelopeCodec.encode(new Envelope.Pong())).isEqualTo("{\"name\":\"pong\",\"data\":{}}");
        assertThat(EnvelopeCodec.encode(new Envelope.Failure("c", "m", "join")))
                .isEqualTo("{\"name\":\"error\",\"data\":{\"code\":\"c\",\"message\":\"m\",\"request\":\"join\"}}");
    }

    private static JsonObject json(Envelope envelope) {
        return Json.createReader(new StringReader(EnvelopeCodec.encode(envelope)))
                .readObject();
    }
}
