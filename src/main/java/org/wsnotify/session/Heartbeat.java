package org.wsnotify.session;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import org.wsnotify.channel.CloseStatus;
import org.wsnotify.channel.OutgoingBudget;
import org.wsnotify.meter.Meters;

/**
 * Probes all sessions, and closes those that are dead, too slow or unused.
 *
 * <p>To be called about once a second. Each session is probed once an interval. A session is closed as lost if it was
 * silent for two intervals and the time to read what was sent, as overloaded if a send takes too long, as not joined after half a minute without a user,
 * and when its login has ended. While the outgoing budget is spent, the sessions with the longest queues are closed.
 */
public final class Heartbeat {

    private static final System.Logger LOG = System.getLogger(Heartbeat.class.getName());

    /** How long a session may stay open without a user. */
    static final Duration JOINING = Duration.ofSeconds(30);

    private final SessionRegistry registry;
    private final Clock clock;
    private final HeartbeatTiming timing;
    private final OutgoingBudget outgoing;
    private final Meters meters;
    private Instant lastProbe;

    /** @param outgoing the text that waits for all sessions together */
    public Heartbeat(
            SessionRegistry registry, HeartbeatTiming timing, OutgoingBudget outgoing, Clock clock, Meters meters) {
        this.registry = registry;
        this.clock = clock;
        this.timing = timing;
        this.outgoing = outgoing;
        this.meters = meters;
        this.lastProbe = clock.instant();
    }

    /** Checks every session once. */
    public synchronized void beat() {
        Instant now = clock.instant();
        boolean probe = !now.isBefore(lastProbe.plus(timing.interval()));
        if (probe) {
            lastProbe = now;
        }
        for (ClientSession session : registry.sessions()) {
            check(session, now, probe);
        }
        registry.checkLogins(now);
        registry.unjoinedSince(now.minus(JOINING)).forEach(session -> session.close(CloseStatus.NOT_JOINED));
        if (outgoing.isSpent()) {
            closeSlowest();
        }
    }

    private void closeSlowest() {
        Map<ClientSession, Long> unsent = new HashMap<>();
        registry.sessions()
                .forEach(session -> unsent.put(session, session.channel().unsent()));
        var slowest = new ArrayList<>(unsent.entrySet());
        slowest.sort(Map.Entry.<ClientSession, Long>comparingByValue().reversed());
        int closed = 0;
        for (var session : slowest) {
            if (!outgoing.isSpent()) {
                break;
            }
            session.getKey().close(CloseStatus.OVERLOADED);
            meters.slowSessionClosed();
            closed++;
        }
        LOG.log(
                System.Logger.Level.WARNING,
                "closed {0} sessions: too much text waited for all clients together",
                closed);
    }

    private void check(ClientSession session, Instant now, boolean probe) {
        Instant sending = session.channel().sendingSince();
        if (sending != null && sending.plus(timing.sendTimeout()).isBefore(now)) {
            LOG.log(System.Logger.Level.INFO, "closed a session that does not read");
            meters.slowSessionClosed();
            session.close(CloseStatus.OVERLOADED);
        } else if (session.channel()
                .lastHeard()
                .plus(timing.interval().multipliedBy(2))
                .plus(session.channel().readingTime())
                .isBefore(now)) {
            LOG.log(System.Logger.Level.DEBUG, "closed a session that gave no sign of life");
            session.close(CloseStatus.LOST);
        } else if (probe) {
            session.channel().probe();
        }
    }
}
