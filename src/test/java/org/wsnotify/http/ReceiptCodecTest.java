package org.wsnotify.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.wsnotify.delivery.Receipt;
import org.wsnotify.delivery.Receipt.MailStatus;
import org.wsnotify.notification.NotificationIds;

class ReceiptCodecTest {

    private static final String FIRST = "6b0212aa9f400001c0ffee01";

    @Test
    void minimalAnswerOmitsTheRecipients() {
        Receipt receipt = new Receipt(List.of(line(0, true, MailStatus.HELD)));

        assertThat(ReceiptCodec.encode(receipt, List.of("titel"), true))
                .isEqualTo(
                        "{\"stored\":1,\"online\":1,\"publication\":\"6b0212aa9f400001c0ffee01-1\",\"email\":{\"owed\":0,\"held\":1,\"invalid\":0,\"missing\":0},"
                                + "\"ignored\":[\"titel\"]}");
        assertThat(ReceiptCodec.encode(receipt, List.of(), false))
                .isEqualTo(
                        "{\"stored\":1,\"online\":1,\"publication\":\"6b0212aa9f400001c0ffee01-1\",\"email\":{\"owed\":0,\"held\":1,\"invalid\":0,\"missing\":0},\"recipients\":"
                                + "[{\"userId\":\"user0\",\"id\":\"" + FIRST
                                + "\",\"online\":true,\"email\":\"held\"}]}");
    }

    private static Receipt.Line line(int place, boolean online, MailStatus mail) {
        return new Receipt.Line("user" + place, NotificationIds.plus(FIRST, place), online, mail);
    }
}
