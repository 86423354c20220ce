package org.wsnotify.story;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.wsnotify.notification.NotificationKey;
import org.wsnotify.notification.StoreUnavailableException;

/**
 * Records pushes and decisions a moment after they were made, many in one write: nobody waits for that. If the server is
 * killed, those of the last second are lost.
 *
 * <p>Bounded: what does not fit is not recorded. {@link #pushed} and {@link #present} are safe for use by many threads
 * and never block. {@link #record} is for one thread at a time and blocks on the store.
 */
public final class DecisionRecorder {

    private static final System.Logger LOG = System.getLogger(DecisionRecorder.class.getName());
    private static final int MOST_WAITING = 50_000;
    private static final int AT_ONCE = 1000;

    private final StoryStore store;
    private final Supplier<String> self;
    private final Clock clock;
    private Map<Decision, List<NotificationKey>> waiting = new LinkedHashMap<>();
    private int count;
    private long dropped;

    /**
     * What was decided. Equal decisions are recorded together.
     *
     * @param sessions how many sessions were pushed to; {@link #PRESENT} for a mail that is not needed
     * @param at to the second, so that decisions can be equal
     */
    private record Decision(int sessions, Instant at) {
        private static final int PRESENT = -1;
    }

    /**
     * @param self the id of this server
     * @param clock the store's
     */
    public DecisionRecorder(StoryStore store, Supplier<String> self, Clock clock) {
        this.store = store;
        this.self = self;
        this.clock = clock;
    }

    /** A notification was handed to sessions of its user. */
    public void pushed(NotificationKey notification, int sessions) {
        if (sessions > 0) {
            add(sessions, notification);
        }
    }

    /** A user gets no mail about a notification, being online. */
    public void present(NotificationKey notification) {
        add(Decision.PRESENT, notification);
    }

    private void add(int sessions, NotificationKey notification) {
        Decision decision = new Decision(sessions, clock.instant().truncatedTo(ChronoUnit.SECONDS));
        synchronized (this) {
            if (count < MOST_WAITING) {
                waiting.computeIfAbsent(decision, any -> new ArrayList<>()).add(notification);
                count++;
            } else {
                dropped++;
            }
        }
    }

    /** Records what waits. What the store does not take now is given up: it is told again by nobody. */
    public void record() {
        Map<Decision, List<NotificationKey>> all = take();
        try {
            all.forEach(this::record);
        } catch (StoreUnavailableException e) {
            LOG.log(System.Logger.Level.DEBUG, "some pushes are not recorded: {0}", e.getMessage());
        }
    }

    private synchronized Map<Decision, List<NotificationKey>> take() {
        if (dropped > 0) {
            LOG.log(System.Logger.Level.WARNING, "{0} pushes are not recorded, because too many waited", dropped);
        }
        Map<Decision, List<NotificationKey>> all = waiting;
        waiting = new LinkedHashMap<>();
        count = 0;
        dropped = 0;
        return all;
    }

    private void record(Decision decision, List<NotificationKey> notifications) {
        for (int from = 0; from < notifications.size(); from += AT_ONCE) {
            List<NotificationKey> some = notifications.subList(from, Math.min(notifications.size(), from + AT_ONCE));
            if (decision.sessions() == Decision.PRESENT) {
                store.present(some, decision.at());
            } else {
                store.pushed(some, new Push(self.get(), decision.sessions(), decision.at()));
            }
        }
    }
}
