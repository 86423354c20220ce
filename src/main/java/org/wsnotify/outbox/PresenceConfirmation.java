package org.wsnotify.outbox;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;

/**
 * Whether those whose mail is held gave a sign of life after they were asked for one (docs/decisions/0003).
 *
 * <p>Mail is owed before its notification is pushed, but only what is heard after the push tells that somebody is there
 * to see it. When that was is known here alone: writing it into the outbox would be a second write for each
 * publication. Mail that is due before its time is up waits, be it that storing took long or that the server was
 * started again a moment ago.
 *
 * <p>Of an entry from before the start, or of one that was pushed longer ago than is remembered, any sign counts that
 * came after it was owed. After a restart that is the same: whoever is heard from has joined since, and was given what
 * was stored before.
 *
 * <p>Safe for use by many threads; nothing blocks.
 */
public final class PresenceConfirmation {

    /** Within this time after a start those come back who were connected before. */
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
     * @param heardSince whether a user was heard from after an instant
     * @param hold how long a sign of life is waited for
     */
    public PresenceConfirmation(BiPredicate<String, Instant> heardSince, Duration hold, Clock clock) {
        this.heardSince = Objects.requireNonNull(heardSince, "heardSince");
        this.hold = Objects.requireNonNull(hold, "hold");
        this.clock = Objects.requireNonNull(clock, "clock");
        this.start = clock.instant();
    }

    /**
     * A publication is about to be owed and then pushed: its held mail waits until {@link #asked} or {@link
     * #notPushed}.
     */
    public synchronized void expected(String publication) {
        underWay.add(publication);
    }

    /** It was pushed and its recipients are being asked: what is heard from now on counts. */
    public synchronized void asked(String publication) {
        if (underWay.remove(publication)) {
            remember(publication, clock.instant());
        }
    }

    /** It failed before it was pushed, though some of its mail may be owed: nobody has seen it, whatever is heard. */
    public synchronized void notPushed(String publication) {
        if (underWay.remove(publication)) {
            remember(publication, NEVER);
        }
    }

    /** Until when a held entry waits still, in milliseconds; empty when it is time. */
    synchronized Optional<Instant> waitsUntil(OutboxEntry entry) {
        if (!entry.conditional()) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        String publication = MailPlan.publicationOf(entry.id());
        if (underWay.contains(publication)) {
            return Optional.of(inMillis(now.plus(hold)));
        }
        return judgedAt(entry, asked.get(publication)).filter(now::isBefore).map(PresenceConfirmation::inMillis);
    }

    /** Whether a recipient of a held entry gave a sign of life that counts. */
    boolean came(String userId, OutboxEntry entry) {
        Instant since;
        synchronized (this) {
            since = asked.getOrDefault(MailPlan.publicationOf(entry.id()), entry.createdAt());
        }
        return heardSince.test(userId, since);
    }

    private Optional<Instant> judgedAt(OutboxEntry entry, Instant askedAt) {
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

    /** As stores keep it, and not before its time. */
    private static Instant inMillis(Instant time) {
        Instant millis = time.truncatedTo(ChronoUnit.MILLIS);
        return millis.equals(time) ? millis : millis.plusMillis(1);
    }
}
