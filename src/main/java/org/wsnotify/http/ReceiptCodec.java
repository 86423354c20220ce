package org.wsnotify.http;

import jakarta.json.Json;
import jakarta.json.stream.JsonGenerator;
import jakarta.json.stream.JsonGeneratorFactory;
import java.io.StringWriter;
import java.util.Locale;
import java.util.Map;
import org.wsnotify.delivery.Publication;
import org.wsnotify.delivery.Receipt;
import org.wsnotify.delivery.Receipt.MailStatus;
import org.wsnotify.json.NotificationJson;

/** Writes the answer of {@code /notify} as JSON. */
final class ReceiptCodec {

    private static final JsonGeneratorFactory GENERATORS = Json.createGeneratorFactory(Map.of());

    private ReceiptCodec() {}

    /**
     * Writes the answer.
     *
     * @param minimal omits the list of recipients ({@code Prefer: return=minimal}, RFC 7240)
     */
    static String encode(Receipt receipt, Publication publication, boolean minimal) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = GENERATORS.createGenerator(text)) {
            json.writeStartObject().write("stored", receipt.lines().size()).write("online", receipt.online());
            receipt.deliverAt().ifPresent(at -> json.write("deliverAt", NotificationJson.time(at)));
            receipt.publication().ifPresent(id -> json.write("publication", id.toString()));
            json.writeStartObject("email")
                    .write("owed", receipt.count(MailStatus.OWED))
                    .write("held", receipt.count(MailStatus.HELD))
                    .write("invalid", receipt.count(MailStatus.INVALID))
                    .write("missing", receipt.count(MailStatus.MISSING));
            if (receipt.count(MailStatus.SCHEDULED) > 0) {
                json.write("scheduled", receipt.count(MailStatus.SCHEDULED));
            }
            json.writeEnd();
            if (!publication.ignored().isEmpty()) {
                json.writeStartArray("ignored");
                publication.ignored().forEach(json::write);
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
}
