package org.wsnotify.outbox;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.wsnotify.notification.NotificationKey;
import org.wsnotify.outbox.Addressee.Outcome;
import org.wsnotify.outbox.NotificationFates.Fate;

/**
 * Finds out who still needs a mail, just before it is sent. The mail server may have been down for hours: meanwhile the
 * notification may have been seen, or retracted.
 *
 * <p>A notification that was retracted, replaced or removed, or that expired, needs no mail at all. One that was seen or
 * deleted needs none unless the mail goes to everybody in any case. Safe for use by many threads.
 */
public final class MailNeed {

    private final NotificationFates fates;

    public MailNeed(NotificationFates fates) {
        this.fates = Objects.requireNonNull(fates, "fates");
    }

    /**
     * Returns the entry with the outcome of those who need it no more.
     *
     * @param now in store time
     * @throws org.wsnotify.notification.StoreUnavailableException it cannot be found out now
     */
    OutboxEntry<OwedMail> check(OutboxEntry<OwedMail> entry, Instant now) {
        List<NotificationKey> asked =
                entry.owed().waiting().stream().flatMap(MailNeed::key).toList();
        if (asked.isEmpty()) {
            return entry;
        }
        Map<String, Fate> found = fates.of(asked, now);
        boolean always = entry.owed().condition() instanceof MailCondition.Always;
        return entry.withOwed(entry.owed()
                .withAddressees(entry.owed().addressees().stream()
                        .map(one -> one.isWaiting() ? one.with(outcome(one, found, always)) : one)
                        .toList()));
    }

    private static Stream<NotificationKey> key(Addressee one) {
        return one.notificationId().map(id -> new NotificationKey(one.userId(), id)).stream();
    }

    /** An entry of an older form does not name the notification: its mail is sent. */
    private static Outcome outcome(Addressee one, Map<String, Fate> found, boolean always) {
        if (one.notificationId().isEmpty()) {
            return Outcome.WAITING;
        }
        Fate fate = found.getOrDefault(one.notificationId().get(), Fate.RETRACTED);
        return switch (fate) {
            case UNSEEN -> Outcome.WAITING;
            case SEEN, DELETED -> always ? Outcome.WAITING : Outcome.SEEN;
            case RETRACTED -> Outcome.RETRACTED;
        };
    }
}
