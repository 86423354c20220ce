package org.wsnotify.story;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.wsnotify.notification.Notification;
import org.wsnotify.notification.NotificationIds;
import org.wsnotify.notification.NotificationKey;
import org.wsnotify.notification.Origin;
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
    private static final int MOST_WAITING = 100_000;

    private final StoryStore store;
    private final Supplier<String> self;
    private final Clock clock;
    private Waiting waiting = new Waiting();
    private long dropped;

    /** What is to be recorded. */
    private static final class Waiting {
        private final Map<String, Pushes> pushes = new LinkedHashMap<>();
        private final List<NotificationKey> present = new ArrayList<>();
        private int count;
    }

    /**
     * The pushes of one publication.
     *
     * @param places by the number of sessions
     */
    private record Pushes(Instant at, Map<Integer, List<Integer>> places) {}

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
    public void pushed(Notification notification, int sessions) {
        if (sessions == 0) {
            return;
        }
        String publication = notification.origin().map(Origin::publication).orElse(notification.id());
        int place = (int) NotificationIds.places(publication, notification.id());
        synchronized (this) {
            if (isFull()) {
                return;
            }
            waiting.pushes
                    .computeIfAbsent(publication, any -> new Pushes(now(), new TreeMap<>()))
                    .places()
                    .computeIfAbsent(sessions, any -> new ArrayList<>())
                    .add(place);
            waiting.count++;
        }
    }

    /** A user gets no mail about a notification, being online. */
    public synchronized void present(NotificationKey notification) {
        if (!isFull()) {
            waiting.present.add(notification);
            waiting.count++;
        }
    }

    private boolean isFull() {
        if (waiting.count < MOST_WAITING) {
            return false;
        }
        dropped++;
        return true;
    }

    /** Records what waits. What the store does not take now is given up. */
    public void record() {
        Waiting all = take();
        if (!all.present.isEmpty()) {
            attempt(() -> store.present(all.present, now()));
        }
        if (!all.pushes.isEmpty()) {
            attempt(() -> store.pushed(
                    all.pushes.entrySet().stream().map(this::pushes).toList()));
        }
    }

    private static void attempt(Runnable write) {
        try {
            write.run();
        } catch (StoreUnavailableException e) {
            LOG.log(System.Logger.Level.DEBUG, "some decisions are not recorded: {0}", e.getMessage());
        }
    }

    private synchronized Waiting take() {
        if (dropped > 0) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "{0} pushes and decisions are not recorded, because too many waited",
                    dropped);
        }
        Waiting all = waiting;
        waiting = new Waiting();
        dropped = 0;
        return all;
    }

    private PublicationPushes pushes(Map.Entry<String, Pushes> of) {
        List<PublicationPushes.Group> groups = of.getValue().places().entrySet().stream()
                .map(group -> new PublicationPushes.Group(
                        group.getKey(), group.getValue().stream().sorted().toList()))
                .toList();
        return new PublicationPushes(of.getKey(), self.get(), of.getValue().at(), groups);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
