package org.wsnotify.delivery;

import java.util.ArrayList;
import java.util.List;
import org.wsnotify.delivery.Receipt.MailStatus;
import org.wsnotify.notification.NotificationIds;
import org.wsnotify.notification.Recipient;

/**
 * The short text that is kept of a receipt for a repeated request: the first id and a letter for each recipient. A
 * database bounds its length, and the rest stands in the repeated request.
 */
final class KeptReceipt {

    private static final int ID = 24;

    private KeptReceipt() {}

    /** Returns the text to keep; {@link #restore} reads it. */
    static String of(Receipt receipt) {
        if (receipt.lines().isEmpty()) {
            return "";
        }
        StringBuilder text = new StringBuilder(receipt.lines().get(0).id());
        receipt.lines().forEach(line -> text.append(letter(line)));
        return text.toString();
    }

    /**
     * Returns the receipt that was kept.
     *
     * @param publication the publication that the receipt is for
     * @throws IllegalArgumentException the receipt is for another publication
     */
    static Receipt restore(String kept, Publication publication) {
        List<Recipient> recipients = publication.recipients();
        if (kept.length() != (recipients.isEmpty() ? 0 : ID + recipients.size())) {
            throw new IllegalArgumentException("what was kept is not the receipt of this publication");
        }
        List<Receipt.Line> lines = new ArrayList<>(recipients.size());
        for (int i = 0; i < recipients.size(); i++) {
            char letter = kept.charAt(ID + i);
            lines.add(new Receipt.Line(
                    recipients.get(i).userId(),
                    NotificationIds.plus(kept.substring(0, ID), i),
                    Character.isUpperCase(letter),
                    status(letter)));
        }
        return new Receipt(lines);
    }

    /** Returns the letter for the status of the mail, in upper case if the recipient was online. */
    private static char letter(Receipt.Line line) {
        char letter = switch (line.mail()) {
            case NONE -> 'n';
            case OWED -> 'o';
            case HELD -> 'h';
            case ONLINE -> 'l';
            case SCHEDULED -> 's';
            case INVALID -> 'i';
            case MISSING -> 'm';
        };
        return line.online() ? Character.toUpperCase(letter) : letter;
    }

    private static MailStatus status(char letter) {
        return switch (Character.toLowerCase(letter)) {
            case 'n' -> MailStatus.NONE;
            case 'o' -> MailStatus.OWED;
            case 'h' -> MailStatus.HELD;
            case 'l' -> MailStatus.ONLINE;
            case 's' -> MailStatus.SCHEDULED;
            case 'i' -> MailStatus.INVALID;
            case 'm' -> MailStatus.MISSING;
            default -> throw new IllegalArgumentException("no receipt was kept with the letter " + letter);
        };
    }
}
