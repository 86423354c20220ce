package org.wsnotify.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.wsnotify.HandClock;
import org.wsnotify.Interleaving;
import org.wsnotify.channel.RecordingChannel;
import org.wsnotify.meter.Meters;
import org.wsnotify.notification.Message;
import org.wsnotify.notification.Notification;
import org.wsnotify.notification.NotificationIds;
import org.wsnotify.notification.UnseenCounts;
import org.wsnotify.presence.OneServer;
import org.wsnotify.session.ClientSession;
import org.wsnotify.session.Envelope;
import org.wsnotify.session.RecordingSession;
import org.wsnotify.session.SessionRegistry;
import org.wsnotify.story.DecisionRecorder;
import org.wsnotify.story.MemoryStoryStore;

/** Random histories of one user with several devices, in which any two events may interleave. */
class ConnectedUsersTest {

    private static final String ANNA = "anna";
    private static final int HISTORIES = Integer.getInteger("notification.test.histories", 500);

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void endThreads() {
        threads.shutdownNow();
    }

    @Test
    void everyDeviceEndsUpWithTheStateOfTheStore() {
        for (int seed = 0; seed < HISTORIES; seed++) {
            History history = new History(new Random(seed));
            history.play();
            history.assertDevicesAgreeWithTheStore("history " + seed);
        }
    }

    /** Its id names the node that scheduled it, or none. */
    @Test
    void whatWasScheduledIsPushedWhicheverNodeDiedWhileItDelivered() {
        History history = new History(new Random(1));
        RecordingSession session = history.join();
        session.sent().clear();
        String id = history.ids.reserveAt(history.clock.instant(), 1);
        history.store.store(List.of(Notification.unseen(id, ANNA, Message.of("x"), history.clock.instant())));
        Notification ofAnotherNode = history.stored();

        history.users.pushWhatWasLeft("00c0ffee", history.clock.instant().minusSeconds(60));
        history.moments.run();

        assertThat(session.sent(Envelope.Notifications.class))
                .flatExtracting(Envelope.Notifications::items)
                .extracting(Notification::id)
                .contains(id)
                .doesNotContain(ofAnotherNode.id());
    }

    @Test
    void publicationBeforeTheFirstSessionIsLookedUp() {
        History history = new History(new Random(1));
        Instant before = history.clock.instant();
        RecordingSession session = history.join();
        Notification unseen = history.stored();
        Notification seen = history.stored();
        history.store.markSeen(ANNA, List.of(seen.id()), history.clock.instant());
        session.sent().clear();

        history.users.published(unseen, before);
        history.users.published(seen, before);
        assertThat(session.sent()).isEmpty();
        history.moments.run();

        assertThat(session.sent(Envelope.Notifications.class))
                .flatExtracting(Envelope.Notifications::items)
                .containsExactly(unseen);
    }

    @Test
    void whatTheAnswerToAJoinHasIsNotPushedAgain() {
        History history = new History(new Random(1));
        Instant before = history.clock.instant();
        Notification published = history.stored();
        RecordingSession session = history.join();
        session.sent().clear();

        history.users.published(published, before);
        history.moments.run();

        assertThat(session.sent()).isNotEmpty().hasOnlyElementsOfType(Envelope.Counts.class);
    }

    @Test
    void publicationThatIsToldAgainIsPushedOnce() {
        History history = new History(new Random(1));
        RecordingSession session = history.join();
        Instant before = history.clock.instant();
        Notification published = history.stored();
        session.sent().clear();

        history.users.published(published, before);
        history.users.published(published, before);
        history.moments.run();

        assertThat(session.sent(Envelope.Notifications.class)).hasSize(1);
    }

    @Test
    void manyPublicationsThatAreToldAgainArePushedOnce() {
        History history = new History(new Random(1));
        RecordingSession session = history.join();
        Instant before = history.clock.instant();
        List<Notification> published = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            published.add(history.stored());
        }
        session.sent().clear();

        published.forEach(one -> history.users.published(one, before));
        published.forEach(one -> history.users.published(one, before));

        assertThat(session.sent(Envelope.Notifications.class)).hasSize(1000);
    }

    @Test
    void publicationThatIsToldAgainWhileItIsLookedUpIsPushedOnce() {
        History history = new History(new Random(1));
        Instant before = history.clock.instant();
        RecordingSession session = history.join();
        Notification published = history.stored();
        session.sent().clear();

        history.users.published(published, before);
        history.users.published(published, history.clock.instant());
        history.moments.run();

        assertThat(session.sent(Envelope.Notifications.class)).hasSize(1);
    }

    @Test
    void aClockThatIsSetBackDelaysOnePublicationOnly() {
        History history = new History(new Random(1));
        RecordingSession session = history.join();
        history.clock.pass(Duration.ofHours(-1));
        session.sent().clear();

        history.publish();
        assertThat(session.sent()).isEmpty();
        history.publish();
        assertThat(session.sent()).hasSize(1);
        history.moments.run();

        assertThat(session.sent(Envelope.Notifications.class)).hasSize(2);
        assertThat(last(session).total()).isEqualTo(2);
    }

    @Test
    void anUnexpectedFailureIsTriedAgain() {
        History history = new History(new Random(1));
        RecordingSession session = history.join();
        session.sent().clear();
        history.fail = true;

        history.users.doubt(ANNA);
        history.moments.run();

        assertThat(history.fail).isFalse();
        assertThat(session.sent(Envelope.Counts.class)).hasSize(1);
    }

    @Test
    void notificationSeenBeforeItsPushIsNotPushed() {
        History history = new History(new Random(1));
        RecordingSession session = history.join();
        Instant before = history.clock.instant();
        Notification notification = history.stored();
        history.inbox.markSeen(ANNA, List.of(notification.id()));
        session.sent().clear();

        history.users.published(notification, before);

        assertThat(session.sent()).isEmpty();
    }

    @Test
    void userWithoutASessionTakesNoMemory() {
        History history = new History(new Random(1));
        RecordingSession session = history.join();
        assertThat(history.users.size()).isEqualTo(1);

        history.registry.closed(session, history.clock.instant());

        assertThat(history.users.size()).isZero();
    }

    @Test
    void userWhoLeavesAndComesBackDuringAPushIsToldTheCounts() {
        History history = new History(new Random(1));
        SessionRegistry registry = history.registry;
        RecordingSession back = new RecordingSession();
        AtomicReference<Runnable> meanwhile = new AtomicReference<>();
        ClientSession first = new ClientSession(
                new RecordingChannel(),
                envelope -> {
                    Optional.ofNullable(meanwhile.getAndSet(null)).ifPresent(Runnable::run);
                    return envelope.name();
                },
                true,
                session -> {});
        history.join(first);
        history.join(back);
        Envelope.Joined joined = new Envelope.Joined(ANNA, history.inbox.counts(ANNA));
        Envelope.Notifications unseen = history.inbox.unseen(ANNA);
        back.sent().clear();

        meanwhile.set(() -> {
            registry.leave(back, history.clock.instant());
            registry.leave(first, history.clock.instant());
            registry.beginJoin(back, ANNA, 100);
        });
        history.publish();
        registry.completeJoin(back, joined, unseen);
        history.moments.run();

        assertThat(back.sent(Envelope.Counts.class))
                .extracting(counts -> counts.unseen().total())
                .contains(1);
    }

    @Test
    void pushDoesNotQueryTheStore() {
        History history = new History(new Random(1));
        RecordingSession session = history.join();
        int before = history.accesses;

        for (int i = 0; i < 3 * UnseenReading.NEWEST; i++) {
            Notification next = history.unstored();
            history.users.published(next, history.clock.instant());
        }

        assertThat(history.accesses).isEqualTo(before);
        assertThat(last(session).total()).isEqualTo(3 * UnseenReading.NEWEST);
    }

    private static UnseenCounts last(RecordingSession session) {
        List<Envelope> sent = session.sent();
        return sent.get(sent.size() - 1).counts().orElseThrow();
    }

    private final class History {
        private final Random random;
        private final HandClock clock = new HandClock();
        private final NotificationIds ids = new NotificationIds(clock);
        private final SessionRegistry registry = new SessionRegistry();
        private final Interleaving moments;
        private final MemoryNotificationStore store;
        private final ConnectedUsers users;
        private final Inbox inbox;
        private final Queue<RecordingSession> open = new ArrayDeque<>();
        private int accesses;
        private boolean fail;

        History(Random random) {
            this.random = random;
            moments = new Interleaving(random, threads);
            store = new MemoryNotificationStore(this::meanwhile);
            users = ConnectedUsers.of(
                    registry,
                    store,
                    1000,
                    clock,
                    anyMoment(),
                    Meters.NONE,
                    new DecisionRecorder(new MemoryStoryStore(), () -> "node", clock));
            OneServer server = new OneServer(clock, registry, anyMoment());
            Devices devices = new Devices(registry, users, server.presence, server.relay, server.storeClock);
            inbox = new Inbox(store, users, devices, new AnswerLimits(1000, 1000), clock);
            clock.ticks(Duration.ofNanos(1000));
        }

        /** Returns an executor that runs each scheduled task at a random moment. */
        private ScheduledExecutorService anyMoment() {
            return (ScheduledExecutorService) Proxy.newProxyInstance(
                    getClass().getClassLoader(),
                    new Class<?>[] {ScheduledExecutorService.class},
                    (proxy, method, arguments) -> {
                        assertThat(method.getName()).isEqualTo("schedule");
                        moments.add((Runnable) arguments[0]);
                        return null;
                    });
        }

        private void meanwhile() {
            accesses++;
            if (fail) {
                fail = false;
                throw new IllegalStateException("unexpected");
            }
            clock.pass(Duration.ofNanos(random.nextInt(3_000_000)));
            moments.pause();
        }

        void play() {
            int steps = 10 + random.nextInt(30);
            for (int i = 0; i < steps; i++) {
                moments.add(this::step);
            }
            moments.run();
        }

        private void step() {
            switch (random.nextInt(12)) {
                case 0, 1, 2, 3, 4 -> publish();
                case 5, 6 -> join();
                case 7, 8 -> change(inbox::markSeen);
                case 9 -> change(inbox::delete);
                case 10 -> inbox.markAllSeen(ANNA, Optional.empty());
                default -> leave();
            }
        }

        void publish() {
            Instant before = clock.instant();
            users.published(stored(), before);
        }

        Notification stored() {
            Notification notification = unstored();
            store.store(List.of(notification));
            return notification;
        }

        Notification unstored() {
            return Notification.unseen(ids.reserve(1), ANNA, Message.of("x"), clock.instant());
        }

        RecordingSession join() {
            RecordingSession session = new RecordingSession();
            join(session);
            open.add(session);
            return session;
        }

        void join(ClientSession session) {
            registry.opened(session, clock.instant());
            registry.beginJoin(session, ANNA, 100);
            Envelope.Joined joined = new Envelope.Joined(ANNA, inbox.counts(ANNA));
            registry.completeJoin(session, joined, inbox.unseen(ANNA));
        }

        private void change(BiConsumer<String, List<String>> change) {
            List<String> unseen = new ArrayList<>(unseenIds());
            if (!unseen.isEmpty()) {
                change.accept(ANNA, List.of(unseen.get(random.nextInt(unseen.size()))));
            }
        }

        private void leave() {
            RecordingSession session = open.poll();
            if (session != null) {
                registry.closed(session, clock.instant());
            }
        }

        private Set<String> unseenIds() {
            return store.unseen(ANNA, 1000, Long.MAX_VALUE).stream()
                    .map(Notification::id)
                    .collect(Collectors.toCollection(TreeSet::new));
        }

        void assertDevicesAgreeWithTheStore(String name) {
            Set<String> unseen = unseenIds();
            for (RecordingSession session : open) {
                Device device = new Device(session);
                assertThat(device.unseen).as(name).isEqualTo(unseen);
                assertThat(device.count).as(name).isEqualTo(unseen.size());
            }
        }
    }

    /** A device, which shows what the envelopes of its session have told it. */
    private static final class Device {
        private final Set<String> unseen = new TreeSet<>();
        private int count;

        Device(RecordingSession session) {
            session.sent().forEach(this::told);
        }

        private void told(Envelope envelope) {
            if (envelope instanceof Envelope.Joined joined) {
                count = joined.unseen().total();
            } else if (envelope instanceof Envelope.Counts counts) {
                count = counts.unseen().total();
            } else if (envelope instanceof Envelope.Notifications items) {
                items.items().forEach(one -> unseen.add(one.id()));
            } else if (envelope instanceof Envelope.Deleted deleted) {
                unseen.removeAll(new HashSet<>(deleted.ids()));
            } else if (envelope instanceof Envelope.Seen seen) {
                unseen.removeAll(new HashSet<>(seen.ids()));
                seen.upTo().ifPresent(newest -> unseen.removeIf(id -> id.compareTo(newest) <= 0));
            }
            envelope.counts().ifPresent(counts -> count = counts.total());
        }
    }
}
