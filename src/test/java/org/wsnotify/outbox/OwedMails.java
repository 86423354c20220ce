package org.wsnotify.outbox;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.wsnotify.mail.Mail;
import org.wsnotify.notification.NotificationKey;
import org.wsnotify.outbox.NotificationFates.Fate;

/** Entries of the outbox for tests. */
public final class OwedMails {

    public static final Mail MAIL = new Mail("the subject", "the content", "1.0", "text/html");
    public static final MailCondition ALWAYS = new MailCondition.Always();
    public static final MailCondition UNLESS_PRESENT = new MailCondition.UnlessPresent();

    public static final MailCondition UNLESS_SEEN = new MailCondition.UnlessSeen();

    /** Nothing was seen or retracted. */
    public static final MailNeed ALL_NEEDED = new MailNeed((keys, now) ->
            keys.stream().collect(Collectors.toMap(NotificationKey::id, key -> Fate.UNSEEN, (a, b) -> a)));

    private OwedMails() {}

    /** An entry of a publication of its own, owed and due at the same time. */
    public static OutboxEntry<OwedMail> entry(String id, Instant owedAt, String... users) {
        return entry(id, MAIL, owedAt, owedAt, users);
    }

    public static OutboxEntry<OwedMail> entry(String id, Mail mail, Instant createdAt, Instant dueAt, String... users) {
        return OutboxEntry.owed(id, owed("of " + id, mail, UNLESS_SEEN, users), createdAt, dueAt);
    }

    public static OwedMail owed(String publication, Mail mail, MailCondition condition, String... users) {
        return new OwedMail(publication, mail, addressees(users), condition);
    }

    /** Users who wait for a mail. */
    public static List<Addressee> addressees(String... users) {
        return Arrays.stream(users)
                .map(user -> Addressee.waiting(user, "notification of " + user, user + "@a.example"))
                .toList();
    }
}
