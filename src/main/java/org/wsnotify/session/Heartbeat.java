package org.wsnotify.session;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.wsnotify.meter.Meters;

/**
 * Finds connections that are dead, too slow, or in the way of others.
 *
 * <p>Called regularly, about once a second. Each session is probed once an interval; one that was not heard of for two intervals is closed
 * as lost; one whose send has been under way for too long is closed as overloaded. Where places get scarce, those are closed that took
 * one and did not join.
 */
public final class Heartbeat {

    private static final System.Logger LOG = System.getLogger(Heartbeat.class.getName());

    /** Within which a session joins, or loses its place where places are scarce. */
    private static final Duration JOINING = Duration.ofMinutes(1);

    /**
     * What is asked of sessions.
     *
     * @param interval between two probes of a session
     * @param sendTimeout how long one send may take
     * @param scarce from how many open sessions on places are scarce
     */
    public record Limits(Duration interval, Duration sendTimeout, int scarce) {}

    private final SessionRegistry registry;
    private final Clock clock;
    private final Limits limits;
    private final Meters meters;
    private Instant lastProbe;

    public Heartbeat(SessionRegistry registry, Clock clock, Limits limits, Meters meters) {
        this.registry = registry;
        this.clock = clock;
        this.limits = limits;
        this.meters = meters;
        this.lastProbe = clock.instant();
    }

    /** Looks at every session once. */
    public synchronized void beat() {
        Instant now = clock.instant();
        boolean probe = !now.isBefore(lastProbe.plus(limits.interval()));
        if (probe) {
            lastProbe = now;
        }
        for (ClientSession session : registry.sessions()) {
            look(session, now, probe);
        }
        if (registry.size() >= limits.scarce()) {
            makeRoom(now);
        }
    }

    private void makeRoom(Instant now) {
        var unjoined = registry.unjoined(now.minus(JOINING));
        if (!unjoined.isEmpty()) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "closed {0} sessions that nobody joined: places are scarce",
                    unjoined.size());
            unjoined.forEach(session -> session.close(CloseReason.OVERLOADED));
        }
    }

    private void look(ClientSession session, Instant now, boolean probe) {
        Instant sending = session.sendingSince();
        if (sending != null && sending.plus(limits.sendTimeout()).isBefore(now)) {
            LOG.log(System.Logger.Level.INFO, "closed a session that does not read");
            meters.slowSessionClosed();
            session.close(CloseReason.OVERLOADED);
        } else if (session.lastHeard().plus(limits.interval().multipliedBy(2)).isBefore(now)) {
            LOG.log(System.Logger.Level.DEBUG, "closed a session that gave no sign of life");
            session.close(CloseReason.LOST);
        } else if (probe) {
            session.probe();
        }
    }
}
