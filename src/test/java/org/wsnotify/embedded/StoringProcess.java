package org.wsnotify.embedded;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.wsnotify.delivery.Keys;
import org.wsnotify.mail.Mail;
import org.wsnotify.notification.Message;
import org.wsnotify.notification.Notification;
import org.wsnotify.notification.NotificationIds;
import org.wsnotify.outbox.OutboxEntry;
import org.wsnotify.outbox.OwedMail;
import org.wsnotify.outbox.OwedMails;

/**
 * A separate process that stores until it is killed. It prints a line for each acknowledged change: its kind, and the
 * name of what was changed.
 */
final class StoringProcess {

    static final int THREADS = 4;
    static final int BATCH = 3;
    static final String STORED = "stored";
    static final String SEEN = "seen";
    static final String OWED = "owed";
    static final String ANSWERED = "answered";
    static final String FINGERPRINT = "fingerprint";
    static final Instant NOW = Instant.parse("2026-03-04T05:06:07.089Z");

    private final NotificationIds ids = new NotificationIds(Clock.systemUTC());
    private final EmbeddedNotificationStore notifications;
    private final EmbeddedOutbox outbox;
    private final EmbeddedIdempotencyStore keys;

    private StoringProcess(EmbeddedDatabase database) {
        notifications = new EmbeddedNotificationStore(database);
        outbox = new EmbeddedOutbox(database);
        keys = new EmbeddedIdempotencyStore(database);
    }

    public static void main(String[] arguments) {
        StoringProcess process = new StoringProcess(EmbeddedDatabase.open(Path.of(arguments[0])));
        for (int thread = 0; thread < THREADS; thread++) {
            new Thread(process::storeWithoutEnd).start();
        }
    }

    static String userOf(int place) {
        return "user" + place;
    }

    private void storeWithoutEnd() {
        while (true) {
            String first = ids.reserve(BATCH);
            Keys.claim(keys, first, FINGERPRINT, first, NOW, Duration.ofHours(1));
            notifications.store(batch(first));
            acknowledged(STORED, first);
            outbox.owe(List.of(mail(first + "-0"), mail(first + "-1")));
            acknowledged(OWED, first);
            outbox.claim(NOW, Duration.ofHours(1));
            Keys.complete(keys, first, "answer to " + first);
            acknowledged(ANSWERED, first);
            notifications.markSeen(userOf(0), List.of(first), NOW);
            acknowledged(SEEN, first);
        }
    }

    /** Returns one notification for each of a few users. */
    private static List<Notification> batch(String first) {
        return IntStream.range(0, BATCH)
                .mapToObj(i -> Notification.unseen(NotificationIds.plus(first, i), userOf(i), Message.of(first), NOW))
                .toList();
    }

    private static OutboxEntry<OwedMail> mail(String id) {
        Mail mail = new Mail("subject", "content of " + id, "1.0", "text/html");
        return OwedMails.entry(id, mail, NOW, NOW, "anna");
    }

    /** Writes the line in one piece, so that a kill leaves whole lines. */
    private static synchronized void acknowledged(String what, String first) {
        byte[] line = (what + " " + first + "\n").getBytes(StandardCharsets.US_ASCII);
        System.out.write(line, 0, line.length);
        System.out.flush();
    }
}
