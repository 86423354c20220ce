package org.wsnotify.http;

import jakarta.json.Json;
import jakarta.json.stream.JsonGenerator;
import jakarta.json.stream.JsonGeneratorFactory;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.wsnotify.delivery.Publication;
import org.wsnotify.delivery.Receipt;
import org.wsnotify.delivery.Receipt.MailStatus;
import org.wsnotify.notification.NotificationIds;
import org.wsnotify.notification.Recipient;

/**
 * Writes the answer of {@code /notify} as JSON, and as the short text that is kept for a repetition.
 *
 * <p>The kept text is the first id and a letter for each recipient, because a database bounds its length. The rest
 * stands in the repeated request.
 */
final class ReceiptCodec {

    private static final JsonGeneratorFactory GENERATORS = Json.createGeneratorFactory(Map.of());
    private static final int ID = 24;

    private ReceiptCodec() {}

    /**
     * Writes the answer.
     *
     * @param ignored the unknown names in the request
     * @param minimal omits the list of recipients ({@code Prefer: return=minimal}, RFC 7240)
     */
    static String encode(Receipt receipt, List<String> ignored, boolean minimal) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = GENERATORS.createGenerator(text)) {
            json.writeStartObject().write("stored", receipt.lines().size()).write("online", receipt.online());
            json.writeStartObject("email")
                    .write("owed", receipt.count(MailStatus.OWED))
                    .write("held", receipt.count(MailStatus.HELD))
                    .write("invalid", receipt.count(MailStatus.INVALID))
                    .write("missing", receipt.count(MailStatus.MISSING))
                    .writeEnd();
            if (!ignored.isEmpty()) {
                json.writeStartArray("ignored");
                ignored.forEach(json::write);
                json.writeEnd();
            }
            if (!minimal) {
                recipients(json, receipt);
            }
            json.writeEnd();
        }
        return text.toString();
    }

    private static void recipients(JsonGenerator json, Receipt receipt) {
        json.writeStartArray("recipients");
        for (Receipt.Line line : receipt.lines()) {
            json.writeStartObject()
                    .write("userId", line.userId())
                    .write("id", line.id())
                    .write("online", line.online())
                    .write("email", line.mail().name().toLowerCase(Locale.ROOT))
                    .writeEnd();
        }
        json.writeEnd();
    }

    /** Returns the text to keep; {@link #restore} reads it. */
    static String keep(Receipt receipt) {
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
            case 'i' -> MailStatus.INVALID;
            case 'm' -> MailStatus.MISSING;
            default -> throw new IllegalArgumentException("no receipt was kept with the letter " + letter);
        };
    }
}
