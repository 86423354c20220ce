package org.wsnotify.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.wsnotify.delivery.Publication;
import org.wsnotify.delivery.Receipt;
import org.wsnotify.delivery.Receipt.MailStatus;
import org.wsnotify.notification.Message;
import org.wsnotify.notification.NotificationIds;
import org.wsnotify.notification.Recipient;

class ReceiptCodecTest {

    private static final String FIRST = "6b0212aa9f400001c0ffee01";

    @Test
    void keptTextRestoresTheWholeReceipt() {
        List<Receipt.Line> lines = new ArrayList<>();
        for (MailStatus status : MailStatus.values()) {
            lines.add(line(lines.size(), true, status));
            lines.add(line(lines.size(), false, status));
        }
        Receipt receipt = new Receipt(lines);

        assertThat(ReceiptCodec.restore(ReceiptCodec.keep(receipt), publication(lines.size())))
                .isEqualTo(receipt);
    }

    @Test
    void emptyReceiptIsRestored() {
        Receipt nothing = new Receipt(List.of());

        assertThat(ReceiptCodec.restore(ReceiptCodec.keep(nothing), publication(0)))
                .isEqualTo(nothing);
    }

    @Test
    void receiptIsKeptWithOneLetterPerRecipient() {
        Receipt receipt = new Receipt(IntStream.range(0, 100_000)
                .mapToObj(i -> line(i, false, MailStatus.OWED))
                .toList());

        assertThat(ReceiptCodec.keep(receipt)).hasSize(24 + 100_000);
    }

    @Test
    void receiptOfAnotherPublicationIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> ReceiptCodec.restore(FIRST + "nn", publication(1)));
        assertThatIllegalArgumentException().isThrownBy(() -> ReceiptCodec.restore(FIRST + "?", publication(1)));
    }

    @Test
    void minimalAnswerOmitsTheRecipients() {
        Receipt receipt = new Receipt(List.of(line(0, true, MailStatus.HELD)));

        assertThat(ReceiptCodec.encode(receipt, List.of("titel"), true))
                .isEqualTo("{\"stored\":1,\"online\":1,\"email\":{\"owed\":0,\"held\":1,\"invalid\":0,\"missing\":0},"
                        + "\"ignored\":[\"titel\"]}");
        assertThat(ReceiptCodec.encode(receipt, List.of(), false))
                .isEqualTo(
                        "{\"stored\":1,\"online\":1,\"email\":{\"owed\":0,\"held\":1,\"invalid\":0,\"missing\":0},\"recipients\":"
                                + "[{\"userId\":\"user0\",\"id\":\"" + FIRST
                                + "\",\"online\":true,\"email\":\"held\"}]}");
    }

    private static Receipt.Line line(int place, boolean online, MailStatus mail) {
        return new Receipt.Line("user" + place, NotificationIds.plus(FIRST, place), online, mail);
    }

    private static Publication publication(int users) {
        List<Recipient> recipients = IntStream.range(0, users)
                .mapToObj(i -> new Recipient("user" + i, ""))
                .toList();
        return new Publication(Message.of("content"), recipients, Optional.empty());
    }
}
