package org.wsnotify.outbox;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import org.wsnotify.outbox.Addressee.Outcome;

/**
 * Decides whether users whose mail is held gave a sign of life after they were asked for one (docs/decisions/0003).
 *
 * <p>Mail is owed before its notification is pushed, but only a sign of life after the push shows that the user is
 * present to see it. Only this object knows the time of the push: storing it would cost a second write for each
 * publication. Mail that becomes due earlier waits, for example if storing took long or the server has just restarted.
 *
 * <p>If the push was before the start of this server, or is no longer remembered, every sign of life after the mail was
 * owed counts. After a restart that is the same: a user who is heard from has joined since then, and was given what was
 * stored before.
 *
 * <p>Safe for use by many threads; nothing blocks.
 */
public final class PresenceConfirmation {

    /** Clients that were connected before a restart return within this time. */
    static final Duration RETURN = Duration.ofSeconds(30);

    private static final int MOST_REMEMBERED = 50_000;
    private static final Instant NEVER = Instant.MAX;

    private final BiPredicate<String, Instant> heardSince;
    private final Duration hold;
    private final Clock clock;
    private final Instant start;
    private final Set<String> underWay = new HashSet<>();
    private final Map<String, Instant> asked = new LinkedHashMap<>();

    /**
     * @param heardSince whether a user gave a sign of life after an instant
     * @param hold how long to wait for a sign of life
     */
    public PresenceConfirmation(BiPredicate<String, Instant> heardSince, Duration hold, Clock clock) {
        this.heardSince = Objects.requireNonNull(heardSince, "heardSince");
        this.hold = Objects.requireNonNull(hold, "hold");
        this.clock = Objects.requireNonNull(clock, "clock");
        this.start = clock.instant();
    }

    /**
     * Called before the mail of a publication is owed: its held mail waits until {@link #asked} or {@link
     * #notPushed}.
     */
    public synchronized void expected(String publication) {
        underWay.add(publication);
    }

    /** Called after the push, before its recipients are asked: signs of life from now on count. */
    public synchronized void asked(String publication) {
        if (underWay.remove(publication)) {
            remember(publication, clock.instant());
        }
    }

    /** Called if the publication failed before the push: nobody has seen it, so no sign of life counts. */
    public synchronized void notPushed(String publication) {
        if (underWay.remove(publication)) {
            remember(publication, NEVER);
        }
    }

    /** Returns until when an entry is still held, in milliseconds; empty if it may be sent. */
    synchronized Optional<Instant> heldUntil(OutboxEntry<OwedMail> entry) {
        if (!isConditional(entry)) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        String publication = entry.owed().publication();
        if (underWay.contains(publication)) {
            return Optional.of(inMillis(now.plus(hold)));
        }
        return judgedAt(entry, asked.get(publication)).filter(now::isBefore).map(PresenceConfirmation::inMillis);
    }

    /** Returns a held entry with the outcome of the addressees who are present; any other entry unchanged. */
    OutboxEntry<OwedMail> withoutThePresent(OutboxEntry<OwedMail> entry) {
        if (!isConditional(entry)) {
            return entry;
        }
        List<Addressee> judged = entry.owed().addressees().stream()
                .map(one -> one.isWaiting() && isPresent(one.userId(), entry) ? one.with(Outcome.PRESENT) : one)
                .toList();
        return entry.withOwed(entry.owed().withAddressees(judged));
    }

    /** Whether an addressee of a held entry gave a sign of life that counts. */
    boolean isPresent(String userId, OutboxEntry<OwedMail> entry) {
        Instant since;
        synchronized (this) {
            since = asked.getOrDefault(entry.owed().publication(), entry.createdAt());
        }
        return heardSince.test(userId, since);
    }

    private static boolean isConditional(OutboxEntry<OwedMail> entry) {
        return entry.owed().condition() instanceof MailCondition.UnlessPresent;
    }

    private Optional<Instant> judgedAt(OutboxEntry<OwedMail> entry, Instant askedAt) {
        if (askedAt == null) {
            return entry.createdAt().isBefore(start) ? Optional.of(start.plus(RETURN)) : Optional.empty();
        }
        return askedAt.equals(NEVER) ? Optional.empty() : Optional.of(askedAt.plus(hold));
    }

    private void remember(String publication, Instant when) {
        asked.remove(publication);
        asked.put(publication, when);
        if (asked.size() > MOST_REMEMBERED) {
            asked.remove(asked.keySet().iterator().next());
        }
    }

    /** Rounds up to milliseconds, the precision of the stores. */
    private static Instant inMillis(Instant time) {
        Instant millis = time.truncatedTo(ChronoUnit.MILLIS);
        return millis.equals(time) ? millis : millis.plusMillis(1);
    }
}
