package org.wsnotify.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.wsnotify.notification.Message;
import org.wsnotify.notification.Notification;
import org.wsnotify.notification.UnseenCounts;
import org.wsnotify.session.Envelope;

class AsciiJsonTest {

    @Test
    void arraysOfStringsAreRead() throws Exception {
        assertThat(AsciiJson.strings("[]")).isEmpty();
        assertThat(AsciiJson.strings(" [\"a\", \"\\u00e9\\n\"] ")).containsExactly("a", "\u00e9\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "[",
                "[\"a\"",
                "[\"a\",]",
                "[1]",
                "[null]",
                "{}",
                "\"a\"",
                "[\"a\"][",
                "[\"a\"]]",
                "[[\"a\"]]"
            })
    void everythingElseIsRefused(String text) {
        assertThatThrownBy(() -> AsciiJson.strings(text)).isInstanceOf(AsciiJson.NoStringsException.class);
    }

    @Test
    void dataIsAStringForPagesOfTheEarlierServer() {
        Envelope push = Envelope.Notifications.push(
                Notification.unseen("6b0212aa9f400001c0ffee01", "3", Message.of("\u00e9\u2028\""), Instant.EPOCH),
                Optional.empty());

        assertThat(EnvelopeCodec.encodeWithStringData(push))
                .startsWith(
                        "{\"name\":\"notification\",\"data\":\"[{\\\"_id\\\":\\\"6b0212aa9f400001c0ffee01\\\",\\\"_userId\\\":\\\"3\\\",")
                .contains("\\\"content\\\":\\\"\\\\u00e9\\\\u2028\\\\\\\"\\\"")
                .endsWith("}]\"}")
                .matches("\\p{ASCII}+");
    }

    @Test
    void countsAndPagesStandBesideTheString() {
        assertThat(EnvelopeCodec.encodeWithStringData(new Envelope.Seen(
                        List.of(), Optional.of("b"), Optional.of(new UnseenCounts(1, Map.of("\u00e9", 1), false)))))
                .isEqualTo(
                        "{\"name\":\"seen\",\"data\":\"[]\",\"all\":true,\"upTo\":\"b\",\"counts\":{\"unseen\":1,\"byType\":{\"\\u00e9\":1},\"capped\":false}}");
    }
}
