package org.wsnotify.mongo;

import java.time.Instant;
import java.util.List;
import org.bson.Document;
import org.wsnotify.mail.Mail;

/** Documents of the outbox in the older form, without publication, notification and named condition. */
final class OlderEntries {

    static final Mail MAIL = new Mail("s", "c", "1.0", "text/plain");

    private OlderEntries() {}

    static Document document(String id, Instant owedAt, boolean conditional, String user) {
        Document addressee = new Document("userId", user)
                .append("email", user + "@e.example")
                .append("outcome", "WAITING");
        return new Document("_id", id)
                .append(
                        "mail",
                        Document.parse("{subject: 's', content: 'c', mimeVersion: '1.0', contentType: 'text/plain'}"))
                .append("addressees", List.of(addressee))
                .append("state", "OWED")
                .append("conditional", conditional)
                .append("createdAt", owedAt)
                .append("dueAt", owedAt)
                .append("attempts", 0)
                .append("lastAnswer", "");
    }
}
