package org.wsnotify.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.wsnotify.delivery.Receipt.MailStatus;
import org.wsnotify.notification.Message;
import org.wsnotify.notification.NotificationIds;
import org.wsnotify.notification.Recipient;

class KeptReceiptTest {

    private static final String FIRST = "6b0212aa9f400001c0ffee01";

    @Test
    void keptTextRestoresTheWholeReceipt() {
        List<Receipt.Line> lines = new ArrayList<>();
        for (MailStatus status : MailStatus.values()) {
            lines.add(line(lines.size(), true, status));
            lines.add(line(lines.size(), false, status));
        }
        Receipt receipt = new Receipt(lines);

        assertThat(KeptReceipt.restore(KeptReceipt.of(receipt), publication(lines.size())))
                .isEqualTo(receipt);
    }

    @Test
    void emptyReceiptIsRestored() {
        Receipt nothing = new Receipt(List.of());

        assertThat(KeptReceipt.restore(KeptReceipt.of(nothing), publication(0))).isEqualTo(nothing);
    }

    @Test
    void receiptIsKeptWithOneLetterPerRecipient() {
        Receipt receipt = new Receipt(IntStream.range(0, 100_000)
                .mapToObj(i -> line(i, false, MailStatus.OWED))
                .toList());

        assertThat(KeptReceipt.of(receipt)).hasSize(24 + 100_000);
    }

    @Test
    void keptTextNamesNoUser() {
        Receipt receipt = new Receipt(List.of(line(0, true, MailStatus.ONLINE), line(1, false, MailStatus.OWED)));

        assertThat(KeptReceipt.of(receipt)).isEqualTo(FIRST + "Lo");
    }

    @Test
    void receiptOfAnotherPublicationIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> KeptReceipt.restore(FIRST + "nn", publication(1)));
        assertThatIllegalArgumentException().isThrownBy(() -> KeptReceipt.restore(FIRST + "?", publication(1)));
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
