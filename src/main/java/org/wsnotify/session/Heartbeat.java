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
 * Finds connections that are dead, too slow, or in the way of others.
 *
 * <p>Called regularly, about once a second. Each session is probed once an interval; one that was not heard of for two
 * intervals is closed as lost; one whose send has been under way for too long is closed as overloaded; one that nobody
 * joined for half a minute is closed. While more waits for all clients together than there should, those for whom most
 * waits are closed.
 */
public final class Heartbeat {

    private static final System.Logger LOG = System.getLogger(Heartbeat.class.getName());

    /** Within which a session asks to join. */
    static final Duration JOINING = Duration.ofSeconds(30);

    /**
     * What is asked of sessions.
     *
     * @param interval between two probes of a session
     * @param sendTimeout how long one send may take
     * @param outgoing the text that waits for all of them together
     */
    public record Limits(Duration interval, Duration sendTimeout, OutgoingBudget outgoing) {}

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
        registry.unjoinedSince(now.minus(JOINING)).forEach(session -> session.close(CloseStatus.NOT_JOINED));
        if (limits.outgoing().isSpent()) {
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
            if (!limits.outgoing().isSpent()) {
                break;
            }
            session.getKey().close(CloseStatus.OVERLOADED);
            meters.slowSessionClosed();
            closed++;
        }
        LOG.log(System.Logger.Level.WARNING, "closed {0} sessions: too much waited for all clients together", closed);
    }

    private void look(ClientSession session, Instant now, boolean probe) {
        Instant sending = session.channel().sendingSince();
        if (sending != null && sending.plus(limits.sendTimeout()).isBefore(now)) {
            LOG.log(System.Logger.Level.INFO, "closed a session that does not read");
            meters.slowSessionClosed();
            session.close(CloseStatus.OVERLOADED);
        } else if (session.channel()
                .lastHeard()
                .plus(limits.interval().multipliedBy(2))
                .isBefore(now)) {
            LOG.log(System.Logger.Level.DEBUG, "closed a session that gave no sign of life");
            session.close(CloseStatus.LOST);
        } else if (probe) {
            session.channel().probe();
        }
    }
}
