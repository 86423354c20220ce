package org.wsnotify.embedded;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.wsnotify.mail.Mail;
import org.wsnotify.notification.Message;
import org.wsnotify.notification.Notification;
import org.wsnotify.notification.NotificationIds;
import org.wsnotify.outbox.OwedMails;

/**
 * A separate process with little memory. It stores the largest publications that the default settings allow, while
 * other threads store small ones. It ends when all are stored, and prints how many the others stored.
 */
final class PublishingProcess {

    static final int USERS = 10_000;
    static final int PUBLICATIONS = 4;
    static final String OTHER = "other";

    /** Random characters of three bytes each in the file, so that compression has little effect. */
    static final String CONTENT = text(65_536);

    static final Mail MAIL = new Mail("subject", text(262_144), "1.0", "text/html");
    static final Instant NOW = Instant.parse("2026-03-04T05:06:07.089Z");

    private final NotificationIds ids = new NotificationIds(Clock.systemUTC());
    private final EmbeddedNotificationStore notifications;
    private final EmbeddedOutbox outbox;
    private final AtomicBoolean stored = new AtomicBoolean();

    private PublishingProcess(EmbeddedDatabase database) {
        notifications = new EmbeddedNotificationStore(database);
        outbox = new EmbeddedOutbox(database);
    }

    public static void main(String[] arguments) throws Exception {
        try (EmbeddedDatabase database = EmbeddedDatabase.open(Path.of(arguments[0]))) {
            System.out.println(new PublishingProcess(database).storedByOthers());
        }
    }

    static String userOf(int place) {
        return "user" + place;
    }

    private int storedByOthers() throws Exception {
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            Future<Integer> others = threads.submit(this::storeSmallOnes);
            for (Future<Void> each : threads.invokeAll(Collections.nCopies(PUBLICATIONS, publication()))) {
                each.get();
            }
            stored.set(true);
            return others.get();
        } finally {
            threads.shutdownNow();
        }
    }

    private Callable<Void> publication() {
        return () -> {
            String first = ids.reserve(USERS);
            Message message = Message.of(CONTENT);
            notifications.store(IntStream.range(0, USERS)
                    .mapToObj(i -> Notification.unseen(NotificationIds.plus(first, i), userOf(i), message, NOW))
                    .toList());
            outbox.owe(IntStream.range(0, USERS)
                    .mapToObj(i -> OwedMails.entry(first + "-" + i, MAIL, NOW, NOW, userOf(i)))
                    .toList());
            return null;
        };
    }

    private int storeSmallOnes() {
        int count = 0;
        while (!stored.get()) {
            notifications.store(List.of(Notification.unseen(ids.reserve(1), OTHER, Message.of("small"), NOW)));
            count++;
        }
        return count;
    }

    private static String text(int length) {
        return new Random(length)
                .ints(length, 0x4e00, 0x9f00)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
