package org.wsnotify.inbox;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.wsnotify.meter.Meters;
import org.wsnotify.notification.InboxChange;
import org.wsnotify.notification.MailIntent;
import org.wsnotify.notification.Notification;
import org.wsnotify.notification.NotificationIds;
import org.wsnotify.notification.NotificationKey;
import org.wsnotify.notification.Origin;
import org.wsnotify.notification.StoreUnavailableException;
import org.wsnotify.notification.UnseenCounts;
import org.wsnotify.relay.RelayEvent;
import org.wsnotify.session.Envelope;
import org.wsnotify.session.SessionRegistry;
import org.wsnotify.session.UserListener;
import org.wsnotify.story.DecisionRecorder;

/**
 * The users who have sessions on this server: what their devices are told, with counts that are the store's.
 *
 * <p>{@link ConnectedUser} decides; this class keeps one for each user who is connected, and asks the store what must
 * be asked. What is asked later is asked once however often it is wanted, and again each second while the store is
 * down.
 *
 * <p>Safe for use by many threads. {@link #changed} and {@link #counts} read the store and may block; all other methods
 * return at once.
 */
public final class ConnectedUsers implements UserListener {

    private static final Logger LOG = System.getLogger(ConnectedUsers.class.getName());

    private static final long SOON_MILLIS = 50;
    private static final long AGAIN_MILLIS = 1000;
    private static final int USERS_AT_ONCE = 100;

    /** How far the store clocks of two servers may be apart. */
    private static final Duration CLOCK_ERROR = Duration.ofSeconds(1);

    private final SessionRegistry registry;
    private final NotificationStore store;
    private final int cap;
    private final Clock clock;
    private final ScheduledExecutorService executor;
    private final Meters meters;
    private final DecisionRecorder decisions;
    private final Map<String, ConnectedUser> users = new ConcurrentHashMap<>();
    private final Set<String> scheduled = ConcurrentHashMap.newKeySet();
    private final IdBudget recentIds = IdBudget.ofHeap();

    private ConnectedUsers(
            SessionRegistry registry,
            NotificationStore store,
            int cap,
            Clock clock,
            ScheduledExecutorService executor,
            Meters meters,
            DecisionRecorder decisions) {
        this.registry = registry;
        this.store = store;
        this.cap = cap;
        this.clock = clock;
        this.executor = executor;
        this.meters = meters;
        this.decisions = decisions;
    }

    /**
     * Returns the connected users of a registry, from now on. To be called before a first session joins.
     *
     * @param cap how many unseen notifications are counted exactly
     * @param executor asks the store, and may wait for it
     */
    public static ConnectedUsers of(
            SessionRegistry registry,
            NotificationStore store,
            int cap,
            Clock clock,
            ScheduledExecutorService executor,
            Meters meters,
            DecisionRecorder decisions) {
        ConnectedUsers users = new ConnectedUsers(registry, store, cap, clock, executor, meters, decisions);
        registry.listen(users);
        return users;
    }

    @Override
    public void arrived(String userId) {
        forget(users.put(userId, new ConnectedUser(userId, this::send, cap, clock, recentIds)));
    }

    @Override
    public void left(String userId, Optional<Instant> broke) {
        forget(users.remove(userId));
    }

    private static void forget(ConnectedUser user) {
        if (user != null) {
            user.left();
        }
    }

    /**
     * Pushes a notification, if its user is connected.
     *
     * @param after it was unseen in the store at some time after this
     */
    void published(Notification notification, Instant after) {
        ConnectedUser user = users.get(notification.userId());
        if (user != null) {
            user.published(notification, after);
            askSoonIfNeeded(user);
        }
    }

    /** Pushes notifications that another server published, if their users are connected. */
    void publishedElsewhere(RelayEvent.Published event) {
        Instant after = event.after().minus(CLOCK_ERROR);
        for (RelayEvent.Item item : event.items()) {
            if (event.message().isPresent()) {
                published(
                        Notification.unseen(
                                        item.id(),
                                        item.userId(),
                                        event.message().get(),
                                        event.createdAt())
                                .of(new Origin(event.publication(), MailIntent.NONE)),
                        after);
            } else {
                ConnectedUser user = users.get(item.userId());
                if (user != null) {
                    user.published(item.id());
                    askSoonIfNeeded(user);
                }
            }
        }
    }

    /** Tells a user's devices of a change that was made on another server. The counts follow. */
    void changedElsewhere(String userId, InboxChange change) {
        ConnectedUser user = users.get(userId);
        if (user != null) {
            user.changed(change);
            user.tell(envelope(change, Optional.empty()));
            askSoonIfNeeded(user);
        }
    }

    /**
     * Pushes what a node stored and perhaps told nobody, because it died. What users did there may be stored and not
     * told either, so the counts of all are read again.
     *
     * @param since store time: what it stored before was told
     */
    void pushWhatWasLeft(String node, Instant since) {
        String firstId = NotificationIds.firstAt(since);
        List<String> all = List.copyOf(users.keySet());
        for (int from = 0; from < all.size(); from += USERS_AT_ONCE) {
            Instant before = clock.instant();
            store.recentUnseen(all.subList(from, Math.min(from + USERS_AT_ONCE, all.size())), firstId).stream()
                    .filter(notification -> mayBeFrom(node, notification.id()))
                    .forEach(notification -> published(notification, before));
        }
        all.forEach(this::doubt);
    }

    /** Any node delivers what was scheduled. */
    private static boolean mayBeFrom(String node, String id) {
        return NotificationIds.nodeOf(id).equals(node) || NotificationIds.isScheduled(id);
    }

    /**
     * Tells a user's devices of a change that is stored, with the counts after it. Where these cannot be read, they
     * follow.
     */
    void changed(String userId, InboxChange change) {
        ConnectedUser user = users.get(userId);
        if (user == null) {
            return;
        }
        user.changed(change);
        try {
            readAndTell(user, counts -> envelope(change, counts));
        } catch (StoreUnavailableException e) {
            user.tell(envelope(change, Optional.empty()));
        } catch (RuntimeException | Error e) {
            user.tell(envelope(change, Optional.empty()));
            throw e;
        } finally {
            askSoonIfNeeded(user);
        }
    }

    /** A change of the store may have been done or not: the user's devices are told the counts as they are then. */
    void doubt(String userId) {
        ConnectedUser user = users.get(userId);
        if (user != null) {
            user.doubt();
            askSoonIfNeeded(user);
        }
    }

    /**
     * Returns the unseen counts of users, from the store, which is asked for all together.
     *
     * @return the counts by user, without those who have too much to be counted together; a single user is there always
     */
    Map<String, UnseenCounts> counts(Set<String> userIds) {
        Queue<Question> questions = new ArrayDeque<>();
        try {
            userIds.stream()
                    .map(users::get)
                    .filter(Objects::nonNull)
                    .forEach(user -> questions.add(new Question(user, user.ask())));
            Map<String, UnseenReading> found = store.readUnseenOfAll(userIds, cap);
            Map<String, UnseenCounts> counts = new HashMap<>();
            found.forEach((userId, reading) -> counts.put(userId, reading.counts()));
            for (Question next = questions.poll(); next != null; next = questions.poll()) {
                String userId = next.user().id();
                UnseenReading reading = found.get(userId);
                if (reading == null) {
                    next.user().unanswered();
                } else {
                    certain(next, reading).ifPresent(known -> counts.put(userId, known));
                }
            }
            return counts;
        } finally {
            questions.forEach(unanswered -> unanswered.user().unanswered());
        }
    }

    private Optional<UnseenCounts> certain(Question question, UnseenReading found) {
        ConnectedUser user = question.user();
        Optional<UnseenCounts> certain = user.counted(question.asked(), found, counts -> null);
        if (certain.isEmpty()) {
            user.oweCounts();
        }
        askSoonIfNeeded(user);
        return certain;
    }

    /** Asks a user's devices for a sign of life, behind what they are told. */
    void probe(String userId) {
        ConnectedUser user = users.get(userId);
        if (user != null) {
            user.inTurn(() -> registry.probe(userId));
        }
    }

    /** Returns how many users are connected. */
    int size() {
        return users.size();
    }

    /**
     * Sends to the sessions of a user. A user who left and came back has read the store since: what was to be told
     * before is not told any more.
     */
    private void send(ConnectedUser user, Envelope envelope) {
        if (user.hasLeft()) {
            return;
        }
        int sessions = registry.push(user.id(), envelope);
        if (envelope instanceof Envelope.Notifications pushed) {
            meters.pushed(sessions);
            pushed.items().forEach(notification -> decisions.pushed(notification, sessions));
        }
        ConnectedUser present = user.hasLeft() ? users.get(user.id()) : null;
        if (present != null) { // came back just now, and was told counts of before
            present.oweCounts();
            askSoonIfNeeded(present);
        }
    }

    private void askSoonIfNeeded(ConnectedUser user) {
        if (user.needsStore()) {
            scheduleIfNeeded(user.id(), SOON_MILLIS);
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the task answers for itself
    private void schedule(String userId, long millis) {
        if (!scheduled.add(userId)) {
            return;
        }
        try {
            executor.schedule(() -> ask(userId), millis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) { // the server stops
            scheduled.remove(userId);
        }
    }

    private void ask(String userId) {
        ConnectedUser user = users.get(userId);
        long nextMillis = SOON_MILLIS;
        try {
            if (user != null) {
                lookUp(user);
                tellCounts(user);
            }
        } catch (StoreUnavailableException e) {
            nextMillis = AGAIN_MILLIS;
        } catch (RuntimeException | Error e) { // the next turn must come, also after memory was short
            nextMillis = AGAIN_MILLIS;
            LOG.log(Level.ERROR, "The counts of a user could not be read", e);
        } finally {
            scheduled.remove(userId);
            scheduleIfNeeded(userId, nextMillis);
        }
    }

    /** The user may have come back meanwhile. */
    private void scheduleIfNeeded(String userId, long millis) {
        ConnectedUser user = users.get(userId);
        if (user != null && user.needsStore()) {
            schedule(userId, millis);
        }
    }

    private void lookUp(ConnectedUser user) {
        List<NotificationKey> asked = user.unclear();
        if (!asked.isEmpty()) {
            Answer<List<Notification>> answer = askStore(user, () -> store.find(asked));
            user.found(answer.question(), asked, answer.found());
        }
    }

    private void tellCounts(ConnectedUser user) {
        if (!user.tellCounts()) {
            readAndTell(user, counts -> counts.map(Envelope.Counts::new).orElse(null));
        }
    }

    private void readAndTell(ConnectedUser user, Function<Optional<UnseenCounts>, Envelope> told) {
        Answer<UnseenReading> answer = askStore(user, () -> store.readUnseen(user.id(), cap));
        user.counted(answer.question(), answer.found(), told);
    }

    private static <T> Answer<T> askStore(ConnectedUser user, Supplier<T> reading) {
        ConnectedUser.StoreQuestion question = user.ask();
        try {
            return new Answer<>(question, reading.get());
        } catch (RuntimeException | Error e) {
            user.unanswered();
            throw e;
        }
    }

    private static Envelope envelope(InboxChange change, Optional<UnseenCounts> counts) {
        if (change instanceof InboxChange.MarkedSeen seen) {
            return new Envelope.Seen(seen.ids(), Optional.empty(), counts);
        }
        if (change instanceof InboxChange.Removed removed) {
            return new Envelope.Deleted(removed.ids(), counts);
        }
        return new Envelope.Seen(List.of(), ((InboxChange.MarkedAllSeen) change).newest(), counts);
    }

    private record Question(ConnectedUser user, ConnectedUser.StoreQuestion asked) {}

    private record Answer<T>(ConnectedUser.StoreQuestion question, T found) {}
}
