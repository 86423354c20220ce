package org.wsnotify.http;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.stream.JsonGenerator;
import java.io.StringWriter;
import java.util.Locale;
import org.wsnotify.delivery.Receipt;

/** The answer of {@code /notify} as JSON. */
final class ReceiptCodec {

    private static final String RECIPIENTS = "recipients";

    private ReceiptCodec() {}

    static String encode(Receipt receipt) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = Json.createGenerator(text)) {
            json.writeStartObject()
                    .write("stored", receipt.lines().size())
                    .write(
                            "online",
                            receipt.lines().stream()
                                    .filter(Receipt.Line::online)
                                    .count());
            json.writeStartObject("email")
                    .write("owed", receipt.count(Receipt.MailStatus.OWED))
                    .write("held", receipt.count(Receipt.MailStatus.HELD))
                    .writeEnd();
            json.writeStartArray(RECIPIENTS);
            for (Receipt.Line line : receipt.lines()) {
                json.writeStartObject()
                        .write("userId", line.userId())
                        .write("id", line.id())
                        .write("online", line.online())
                        .write("email", line.mail().name().toLowerCase(Locale.ROOT))
                        .writeEnd();
            }
            json.writeEnd().writeEnd();
        }
        return text.toString();
    }

    /** The same answer without the list ({@code Prefer: return=minimal}, RFC 7240). */
    static String minimal(String answer) {
        JsonObject full = ParameterReader.object(answer);
        JsonObjectBuilder rest = Json.createObjectBuilder(full);
        return rest.remove(RECIPIENTS).build().toString();
    }
}
