package org.wsnotify.outbox;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import org.wsnotify.notification.NotificationIds;
import org.wsnotify.notification.StoreUnavailableException;
import org.wsnotify.outbox.Addressee.Outcome;
import org.wsnotify.presence.Presence;
import org.wsnotify.presence.StoreClock;
import org.wsnotify.presence.Whereabouts;

/**
 * Decides whether users whose mail is held are present to see the notification (docs/decisions/0003).
 *
 * <p>Mail is owed before its notification is pushed, but only a sign of life after the push shows that the user is
 * present to see it. Only a server that pushed it knows when: storing that would cost a second write for each
 * publication. Mail that becomes due earlier waits, for example if storing took long or the server has just restarted.
 *
 * <p>Any server may claim a mail. Signs of life on other servers are in the entry already, see {@link
 * PresenceReporter}. A user who joined another server after the mail was owed has read the inbox there. A user who has
 * been on another server for longer is waited for: that server may be about to report. So is a user whose connection
 * broke a moment ago, or who is on the way from a server that stops.
 *
 * <p>If the push was before the start of this server, or is no longer remembered, every sign of life after the mail was
 * owed counts. After a restart that is the same: a user who is heard from has joined since then, and was given what was
 * stored before.
 *
 * <p>Safe for use by many threads. Only {@link #judge} blocks, on the store.
 */
public final class PresenceConfirmation {

    /** Clients that were connected before a restart return within this time. */
    static final Duration RETURN = Duration.ofSeconds(30);

    /** How much longer than the hold a mail waits for what other servers know. */
    static final Duration PATIENCE = Duration.ofSeconds(10);

    /** After this, a mail that waits for another server is looked at again. */
    static final Duration STEP = Duration.ofSeconds(1);

    private final BiPredicate<String, Instant> heardSince;
    private final Duration hold;
    private final Clock own;
    private final StoreClock storeClock;
    private final Presence others;
    private final Instant start;
    private final RecentPushes pushes = new RecentPushes();

    /**
     * @param heardSince whether a user gave a sign of life on this server after an instant of its own clock
     * @param hold how long to wait for a sign of life
     * @param own the clock of this server, by which signs of life are noted
     * @param others who is on other servers
     */
    public PresenceConfirmation(
            BiPredicate<String, Instant> heardSince, Duration hold, Clock own, StoreClock storeClock, Presence others) {
        this.heardSince = Objects.requireNonNull(heardSince, "heardSince");
        this.hold = Objects.requireNonNull(hold, "hold");
        this.own = Objects.requireNonNull(own, "own");
        this.storeClock = Objects.requireNonNull(storeClock, "storeClock");
        this.others = Objects.requireNonNull(others, "others");
        this.start = own.instant();
    }

    /**
     * Called before the mail of a publication is owed: its held mail waits until {@link #asked} or {@link
     * #notPushed}.
     */
    public void expected(String publication) {
        pushes.begin(publication);
    }

    /** Called after the push, before its recipients are asked: signs of life from now on count. */
    public void asked(String publication) {
        pushes.end(publication, own.instant());
    }

    /**
     * Called after the push of a publication that another server relayed, before its recipients are asked. Called only
     * if mail to one of them is held.
     */
    public void relayed(String publication) {
        pushes.remember(publication, own.instant());
    }

    /** Called if the publication failed before the push: nobody has seen it, so no sign of life here counts. */
    public void notPushed(String publication) {
        pushes.end(publication, RecentPushes.NEVER);
    }

    /**
     * Judges an entry that is due. An entry that is not held, or for which nobody waits, need not wait.
     *
     * <p>If the store cannot tell where users are, the entry waits.
     */
    Judgement judge(OutboxEntry<OwedMail> entry) {
        if (!(entry.owed().condition() instanceof MailCondition.UnlessPresent)
                || entry.owed().waiting().isEmpty()) {
            return new Judgement(entry, Optional.empty());
        }
        boolean underWay = pushes.isUnderWay(entry.owed().publication());
        Optional<Instant> pushed = pushes.of(entry.owed().publication()); // read later: it may end in between
        Optional<Instant> later = underWay
                ? Optional.of(storeClock.instant().plus(hold))
                : notBefore(entry, pushed).filter(storeClock.instant()::isBefore);
        if (later.isPresent()) {
            return new Judgement(entry, later.map(PresenceConfirmation::inMillis));
        }
        Instant since = pushed.orElseGet(() -> storeClock.toOwn(entry.createdAt()));
        return elsewhere(present(entry, user -> heardSince.test(user, since)), pushed);
    }

    /** Returns the time before which this server cannot judge an entry, if there is one. */
    private Optional<Instant> notBefore(OutboxEntry<OwedMail> entry, Optional<Instant> pushed) {
        if (pushed.isPresent()) {
            return pushed.filter(when -> !when.equals(RecentPushes.NEVER))
                    .map(when -> storeClock.fromOwn(when).plus(hold));
        }
        if (isPublisherElsewhere(entry)) {
            return isPatient(entry.createdAt()) ? Optional.of(nextStep()) : Optional.empty();
        }
        Instant started = storeClock.fromOwn(start);
        return entry.createdAt().isBefore(started) ? Optional.of(started.plus(RETURN)) : Optional.empty();
    }

    /** The publisher has pushed, or knows that it failed, so it judges better. */
    private boolean isPublisherElsewhere(OutboxEntry<OwedMail> entry) {
        String publication = entry.owed().publication();
        return NotificationIds.isId(publication) && others.isLive(NotificationIds.nodeOf(publication));
    }

    /** Judges the addressees who were not heard from here by what is known of other servers. */
    private Judgement elsewhere(OutboxEntry<OwedMail> entry, Optional<Instant> pushed) {
        List<String> absent = waiting(entry);
        if (absent.isEmpty() || others.isAlone()) {
            return new Judgement(entry, Optional.empty());
        }
        Whereabouts places;
        try {
            places = others.whereabouts(absent);
        } catch (StoreUnavailableException e) { // also logged by the worker, which cannot settle the entry
            return new Judgement(entry, Optional.of(nextStep()));
        }
        OutboxEntry<OwedMail> judged = present(
                entry,
                user -> places.since(user)
                        .filter(since -> !since.isBefore(entry.createdAt()))
                        .isPresent());
        Instant askedAt = pushed.filter(when -> !when.equals(RecentPushes.NEVER))
                .map(storeClock::fromOwn)
                .orElse(entry.createdAt());
        boolean waits = isPatient(askedAt) && waiting(judged).stream().anyMatch(places::isOnline);
        return new Judgement(judged, waits ? Optional.of(nextStep()) : returned(waiting(judged), places));
    }

    /** Returns when users whose connections broke on other servers should be back; empty if there are none. */
    private Optional<Instant> returned(List<String> absent, Whereabouts places) {
        return absent.stream()
                .flatMap(user -> places.brokeAt(user).stream())
                .map(broke -> broke.plus(hold))
                .filter(storeClock.instant()::isBefore)
                .max(Instant::compareTo)
                .map(PresenceConfirmation::inMillis);
    }

    private boolean isPatient(Instant askedAt) {
        return storeClock.instant().isBefore(askedAt.plus(hold).plus(PATIENCE));
    }

    private Instant nextStep() {
        return inMillis(storeClock.instant().plus(STEP));
    }

    private static OutboxEntry<OwedMail> present(OutboxEntry<OwedMail> entry, Predicate<String> isPresent) {
        return entry.withOwed(entry.owed()
                .withAddressees(entry.owed().addressees().stream()
                        .map(one -> one.isWaiting() && isPresent.test(one.userId()) ? one.with(Outcome.PRESENT) : one)
                        .toList()));
    }

    private static List<String> waiting(OutboxEntry<OwedMail> entry) {
        return entry.owed().waiting().stream().map(Addressee::userId).distinct().toList();
    }

    /** Rounds up to milliseconds, the precision of the stores. */
    private static Instant inMillis(Instant time) {
        Instant millis = time.truncatedTo(ChronoUnit.MILLIS);
        return millis.equals(time) ? millis : millis.plusMillis(1);
    }
}
