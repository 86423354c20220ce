package org.wsnotify.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.wsnotify.delivery.Publication;
import org.wsnotify.delivery.Receipt;
import org.wsnotify.delivery.Receipt.MailStatus;
import org.wsnotify.notification.Message;
import org.wsnotify.notification.NotificationIds;

class ReceiptCodecTest {

    private static final String FIRST = "6b0212aa9f400001c0ffee01";

    @Test
    void minimalAnswerOmitsTheRecipients() {
        Receipt receipt = new Receipt(List.of(line(0, true, MailStatus.HELD)));

        assertThat(ReceiptCodec.encode(receipt, ignoring("titel"), true))
                .isEqualTo(
                        "{\"stored\":1,\"online\":1,\"publication\":\"6b0212aa9f400001c0ffee01-1\",\"email\":{\"owed\":0,\"held\":1,\"invalid\":0,\"missing\":0},"
                                + "\"ignored\":[\"titel\"]}");
        assertThat(ReceiptCodec.encode(receipt, ignoring(), false))
                .isEqualTo(
                        "{\"stored\":1,\"online\":1,\"publication\":\"6b0212aa9f400001c0ffee01-1\",\"email\":{\"owed\":0,\"held\":1,\"invalid\":0,\"missing\":0},\"recipients\":"
                                + "[{\"userId\":\"user0\",\"id\":\"" + FIRST
                                + "\",\"online\":true,\"email\":\"held\"}]}");
    }

    @Test
    void answerSaysWhenItIsDelivered() {
        Instant at = Instant.parse("2030-01-31T09:00:00.089Z");
        String id = new NotificationIds(Clock.systemUTC()).reserveAt(at, 1);
        Receipt receipt = new Receipt(List.of(new Receipt.Line("anna", id, false, MailStatus.SCHEDULED)));

        assertThat(ReceiptCodec.encode(receipt, ignoring(), true))
                .isEqualTo("{\"stored\":1,\"online\":0,\"deliverAt\":\"2030-01-31T09:00:00.089Z\",\"publication\":\""
                        + id
                        + "-1\",\"email\":{\"owed\":0,\"held\":0,\"invalid\":0,\"missing\":0,\"scheduled\":1}}");
    }

    private static Publication ignoring(String... names) {
        return new Publication(Message.of("c"), List.of(), Optional.empty(), List.of(names));
    }

    private static Receipt.Line line(int place, boolean online, MailStatus mail) {
        return new Receipt.Line("user" + place, NotificationIds.plus(FIRST, place), online, mail);
    }
}
