package org.wsnotify.session;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.wsnotify.meter.Meters;

/**
 * Finds connections that are dead or too slow.
 *
 * <p>Called regularly, about once a second. Each session is probed once an interval; one that was not heard of for two intervals is closed
 * as lost; one whose send has been under way for too long is closed as overloaded.
 */
public final class Heartbeat {

    private static final System.Logger LOG = System.getLogger(Heartbeat.class.getName());

    private final SessionRegistry registry;
    private final Clock clock;
    private final Duration interval;
    private final Duration sendTimeout;
    private final Meters meters;
    private Instant lastProbe;

    /**
     * @param interval between two probes of a session
     * @param sendTimeout how long one send may take
     */
    public Heartbeat(SessionRegistry registry, Clock clock, Duration interval, Duration sendTimeout, Meters meters) {
        this.registry = registry;
        this.clock = clock;
        this.interval = interval;
        this.sendTimeout = sendTimeout;
        this.meters = meters;
        this.lastProbe = clock.instant();
    }

    /** Looks at every session once. */
    public synchronized void beat() {
        Instant now = clock.instant();
        boolean probe = !now.isBefore(lastProbe.plus(interval));
        if (probe) {
            lastProbe = now;
        }
        for (ClientSession session : registry.sessions()) {
            look(session, now, probe);
        }
    }

    private void look(ClientSession session, Instant now, boolean probe) {
        Instant sending = session.sendingSince();
        if (sending != null && sending.plus(sendTimeout).isBefore(now)) {
            LOG.log(System.Logger.Level.INFO, "closed a session that does not read");
            meters.slowSessionClosed();
            session.close(CloseReason.OVERLOADED);
        } else if (session.lastHeard().plus(interval.multipliedBy(2)).isBefore(now)) {
            LOG.log(System.Logger.Level.DEBUG, "closed a session that gave no sign of life");
            session.close(CloseReason.LOST);
        } else if (probe) {
            session.probe();
        }
    }
}
