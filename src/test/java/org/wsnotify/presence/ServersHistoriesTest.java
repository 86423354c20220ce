package org.wsnotify.presence;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.wsnotify.HandClock;
import org.wsnotify.Interleaving;
import org.wsnotify.inbox.AnswerLimits;
import org.wsnotify.inbox.ConnectedUsers;
import org.wsnotify.inbox.Devices;
import org.wsnotify.inbox.Inbox;
import org.wsnotify.inbox.MemoryNotificationStore;
import org.wsnotify.inbox.NotificationStore;
import org.wsnotify.meter.Meters;
import org.wsnotify.notification.Message;
import org.wsnotify.notification.Notification;
import org.wsnotify.notification.NotificationIds;
import org.wsnotify.notification.StoreUnavailableException;
import org.wsnotify.relay.MemoryRelayLog;
import org.wsnotify.relay.Relay;
import org.wsnotify.relay.RelayEvent;
import org.wsnotify.relay.RelayListener;
import org.wsnotify.relay.RelayLog;
import org.wsnotify.relay.RelayReceiver;
import org.wsnotify.relay.RelayStream;
import org.wsnotify.session.Envelope;
import org.wsnotify.session.RecordingSession;
import org.wsnotify.session.SessionRegistry;
import org.wsnotify.story.DecisionRecorder;
import org.wsnotify.story.MemoryStoryStore;

/**
 * Random histories of one user with devices on three servers, in which any two accesses to the store may interleave,
 * streams break and servers die. In the end every device must show what the store has.
 */
class ServersHistoriesTest {

    private static final String ANNA = "anna";
    private static final int HISTORIES = Integer.getInteger("notification.test.histories", 300);
    private static final int MOST_UNTIL_A_FAULT = 10_000;
    private static final Duration LEASE = Duration.ofSeconds(15);

    /** Rules of the design that a test breaks, to see that the histories notice it. */
    enum Broken {
        NONE,
        /** Publications are stored only after the other servers were asked for. */
        STORED_LAST,
        /** A join goes on before the others can know of it. */
        ANNOUNCED_LATE,
        /** A publication is counted although it may be older than what is known of the user. */
        COUNTED_BLINDLY,
        /** The store clocks of the servers differ by more than the margin. */
        CLOCKS_APART,
        /** What a stream has lost is not read from the log. */
        NOT_HEALED,
        /** Nobody looks for what a server that died had not told. */
        NOT_AUDITED,
        /** Changes made on other servers do not reach the devices. */
        CHANGES_NOT_TOLD
    }

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void endThreads() {
        threads.shutdownNow();
    }

    @Test
    void everyDeviceOnEveryServerEndsUpWithTheStateOfTheStore() {
        for (int seed = 0; seed < HISTORIES; seed++) {
            assertThat(new History(seed, Broken.NONE).faults())
                    .as("history " + seed)
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void aBrokenRuleIsNoticed(Broken rule) {
        int seed = 0;
        while (seed < MOST_UNTIL_A_FAULT && new History(seed, rule).faults().isEmpty()) {
            seed++;
        }
        assertThat(seed).as("history that shows it").isLessThan(MOST_UNTIL_A_FAULT);
    }

    private final class History {
        private final Random random;
        private final Broken broken;
        private final HandClock clock = new HandClock();
        private final Interleaving moments;
        private final MemoryNotificationStore store;
        private final MemoryNodeStore nodes;
        private final MemoryPresenceStore presences;
        private final MemoryRelayLog log;
        private final List<Server> servers = new ArrayList<>();
        private boolean lost;

        History(int seed, Broken broken) {
            this.random = new Random(seed);
            this.broken = broken;
            this.moments = new Interleaving(random, threads);
            this.store = new MemoryNotificationStore(this::meanwhile);
            this.nodes = new MemoryNodeStore(clock, this::meanwhile);
            this.presences = new MemoryPresenceStore(this::meanwhile);
            this.log = new MemoryRelayLog(this::meanwhile);
            clock.ticks(Duration.ofNanos(1000));
        }

        private void meanwhile() {
            clock.pass(Duration.ofNanos(random.nextInt(3_000_000)));
            moments.pause();
        }

        /** Plays the history, and returns what is wrong in the end. */
        List<String> faults() {
            for (int i = 0; i < 3; i++) {
                servers.add(new Server());
            }
            clock.pass(Nodes.WARM_UP);
            int steps = 10 + random.nextInt(30);
            for (int i = 0; i < steps; i++) {
                moments.add(this::step);
            }
            moments.run();
            becomeQuiet();
            List<String> faults = new ArrayList<>();
            if (lost) {
                faults.add("events were lost");
            }
            Set<String> unseen = unseenIds();
            for (Server server : servers) {
                if (!server.dead) {
                    server.devices.forEach(device -> device.compare(unseen, this::mayBeUntold, faults));
                }
            }
            return faults;
        }

        /** A server that died may have told nobody what a user did there: devices elsewhere still show it. */
        private boolean mayBeUntold(String id) {
            return servers.stream()
                    .anyMatch(server -> server.dead && (server.changedAll || server.changed.contains(id)));
        }

        /** Time passes until the lease of a server that died has ended, and everything waiting is read. */
        private void becomeQuiet() {
            for (int i = 0; i < 4; i++) {
                for (Server server : servers) {
                    moments.add(server::follow);
                    moments.add(server::beat);
                }
                moments.run();
                clock.pass(LEASE.dividedBy(2));
            }
        }

        private void step() {
            Server server = servers.get(random.nextInt(servers.size()));
            switch (random.nextInt(16)) {
                case 0, 1, 2, 3, 4 -> server.publish();
                case 5, 6, 7 -> server.join();
                case 8, 9 -> server.change(true);
                case 10 -> server.change(false);
                case 11 -> server.changeAll();
                case 12 -> log.breakStreams(server.self.get());
                case 13 -> server.beat();
                case 14 -> server.leave();
                default -> mayDie(server);
            }
        }

        /** One server dies in some histories. */
        private void mayDie(Server server) {
            if (servers.stream().noneMatch(other -> other.dead) && random.nextInt(3) == 0) {
                server.dead = true;
            }
        }

        private Set<String> unseenIds() {
            return store.unseen(ANNA, 1000, Long.MAX_VALUE).stream()
                    .map(Notification::id)
                    .collect(Collectors.toCollection(TreeSet::new));
        }

        /** A server, with everything of production but its threads and sockets. */
        private final class Server {
            private final Clock own = new WrongClock();
            private final StoreClock storeClock = new StoreClock(own, () -> storeTime(), this::nanos);
            private final ThisNode self = new ThisNode(random);
            private final NotificationIds ids = new NotificationIds(storeClock, self);
            private final SessionRegistry registry = new SessionRegistry();
            private final NodeStore nodeStore = mortal(NodeStore.class, nodes);
            private final PresenceStore presenceStore = mortal(PresenceStore.class, presences);
            private final NotificationStore notifications = mortal(NotificationStore.class, store);
            private final RelayLog relayLog = mortal(RelayLog.class, log);
            private final Nodes others = new Nodes(self, nodeStore, this::nanos);
            private final PresenceWriter writer = new PresenceWriter(self, presenceStore, storeClock, tasks());
            private final Presence presence = new Presence(self, presenceStore, others, writer);
            private final Relay relay = new Relay(self, presence, relayLog, tasks());
            private final ConnectedUsers users = ConnectedUsers.of(
                    registry,
                    notifications,
                    1000,
                    broken == Broken.COUNTED_BLINDLY ? distantPast() : storeClock,
                    tasks(),
                    Meters.NONE,
                    new DecisionRecorder(new MemoryStoryStore(), () -> "node", storeClock));
            private final Devices userDevices = new Devices(registry, users, presence, relay, storeClock);
            private final Inbox inbox =
                    new Inbox(notifications, users, userDevices, new AnswerLimits(1000, 1000), storeClock);
            private final RelayReceiver receiver = new RelayReceiver(self, relayLog, new Told());
            private final RelayStream stream;
            private final NodeLease lease;
            private final List<Device> devices = new ArrayList<>();
            private boolean dead;
            /** What users did here: if the server dies, devices elsewhere may not be told of it. */
            private final Set<String> changed = new HashSet<>();

            private boolean changedAll;
            private boolean receiving;
            private boolean follows;
            private boolean beats;

            Server() {
                registry.listen(presence);
                lease = new NodeLease(
                        self,
                        nodeStore,
                        presenceStore,
                        others,
                        storeClock,
                        LEASE,
                        relay::sent,
                        new Watch(),
                        this::nanos);
                lease.begin();
                presence.open();
                stream = log.follow(self.get());
            }

            /** What this server takes for the time of the store. */
            private Instant storeTime() {
                return own.instant();
            }

            private long nanos() {
                return Duration.between(Instant.EPOCH, clock.instant()).toNanos();
            }

            /** What a server asks a store fails as soon as the server is dead, before or after it was done. */
            private <T> T mortal(Class<T> port, T store) {
                return port.cast(Proxy.newProxyInstance(
                        getClass().getClassLoader(), new Class<?>[] {port}, (proxy, method, arguments) -> {
                            dieIfDead();
                            if (isLate(method.getName())) {
                                moments.add(() -> call(method, store, arguments));
                                return null;
                            }
                            if (broken == Broken.NOT_HEALED && method.getName().equals("read")) {
                                return List.of();
                            }
                            Object result = call(method, store, arguments);
                            dieIfDead();
                            if (method.getName().equals("append")) {
                                servers.forEach(server -> moments.add(server::follow));
                            }
                            return result;
                        }));
            }

            private boolean isLate(String method) {
                return switch (broken) {
                    case STORED_LAST -> method.equals("store");
                    case ANNOUNCED_LATE -> method.equals("write");
                    default -> false;
                };
            }

            private Object call(Method method, Object store, Object[] arguments) {
                try {
                    return method.invoke(store, arguments);
                } catch (InvocationTargetException e) {
                    throw (RuntimeException) e.getCause();
                } catch (IllegalAccessException e) {
                    throw new IllegalStateException(e);
                }
            }

            private void dieIfDead() {
                if (dead) {
                    throw new StoreUnavailableException("this server is dead");
                }
            }

            /** Returns an executor that runs each task at a random moment, as long as the server lives. */
            private ScheduledExecutorService tasks() {
                return (ScheduledExecutorService) Proxy.newProxyInstance(
                        getClass().getClassLoader(),
                        new Class<?>[] {ScheduledExecutorService.class},
                        (proxy, method, arguments) -> {
                            if (!dead) {
                                moments.add((Runnable) arguments[0]);
                            }
                            return null;
                        });
            }

            private void alive(Runnable work) {
                if (!dead) {
                    try {
                        work.run();
                    } catch (StoreUnavailableException e) {
                        assertThat(dead).isTrue();
                    }
                }
            }

            void publish() {
                alive(() -> {
                    Instant before = storeClock.instant();
                    Notification notification =
                            Notification.unseen(ids.reserve(1), ANNA, Message.of("x"), storeClock.instant());
                    notifications.store(List.of(notification));
                    Whereabouts where = userDevices.whereabouts(List.of(ANNA));
                    userDevices.published(notification.id(), List.of(notification), before, where, user -> false);
                });
            }

            void join() {
                alive(() -> {
                    RecordingSession session = new RecordingSession();
                    registry.opened(session, own.instant());
                    try (Presence.Arrival arrival =
                            presence.arriving(List.of(ANNA)).get(0)) {
                        while (!arrival.known().isDone()) {
                            moments.pause();
                            dieIfDead();
                        }
                        registry.beginJoin(session, ANNA, 100);
                    }
                    devices.add(new Device(session));
                    Envelope.Joined joined = new Envelope.Joined(ANNA, inbox.counts(ANNA));
                    registry.completeJoin(session, joined, inbox.unseen(ANNA));
                });
            }

            void leave() {
                if (!dead && !devices.isEmpty()) {
                    registry.closed(devices.remove(random.nextInt(devices.size())).session, own.instant());
                }
            }

            void changeAll() {
                alive(() -> {
                    changedAll = true;
                    inbox.markAllSeen(ANNA, Optional.empty());
                });
            }

            void change(boolean seen) {
                alive(() -> {
                    List<String> unseen = new ArrayList<>(unseenIds());
                    if (!unseen.isEmpty()) {
                        List<String> one = List.of(unseen.get(random.nextInt(unseen.size())));
                        changed.addAll(one);
                        if (seen) {
                            inbox.markSeen(ANNA, one);
                        } else {
                            inbox.delete(ANNA, one);
                        }
                    }
                });
            }

            /** Reads the stream, by one task at a time as in production. */
            void follow() {
                if (!follows) {
                    follows = true;
                    inTurn(() -> receiver.received(stream.next()));
                    follows = false;
                }
            }

            void beat() {
                if (!beats) {
                    beats = true;
                    inTurn(lease::beat);
                    beats = false;
                    moments.add(this::follow);
                }
            }

            /** The receiver serves one at a time. */
            private void inTurn(Runnable work) {
                while (receiving) {
                    moments.pause();
                }
                receiving = true;
                alive(work);
                receiving = false;
            }

            private final class Told implements RelayListener {
                @Override
                public void received(RelayEvent event) {
                    if (event instanceof RelayEvent.Published published) {
                        userDevices.publishedElsewhere(published);
                    } else if (broken != Broken.CHANGES_NOT_TOLD) {
                        userDevices.changedElsewhere(event);
                    }
                }

                @Override
                public void lost() {
                    lost = true;
                }
            }

            private final class Watch implements NodeListener {
                @Override
                public void seen(List<Node> others) {
                    receiver.seen(others);
                }

                @Override
                public void vanished(String node, Instant heardOf) {
                    if (broken != Broken.NOT_AUDITED) {
                        userDevices.pushWhatWasLeft(node, heardOf.minus(Duration.ofMinutes(1)));
                    }
                }

                @Override
                public void renamed() {
                    throw new AssertionError("nobody is stopped for so long");
                }
            }

            /** A clock that is a little wrong. */
            private final class WrongClock extends Clock {
                private final Duration error =
                        Duration.ofMillis(random.nextInt(broken == Broken.CLOCKS_APART ? 20_000 : 400));

                @Override
                public Instant instant() {
                    return clock.instant().plus(error);
                }

                @Override
                public ZoneId getZone() {
                    return clock.getZone();
                }

                @Override
                public Clock withZone(ZoneId zone) {
                    throw new UnsupportedOperationException();
                }
            }
        }
    }

    private static Clock distantPast() {
        return Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
    }

    /** A device, which shows what the envelopes of its session have told it. */
    private static final class Device {
        private final RecordingSession session;

        Device(RecordingSession session) {
            this.session = session;
        }

        void compare(Set<String> stored, Predicate<String> untold, List<String> faults) {
            Set<String> unseen = new TreeSet<>();
            Set<String> told = new HashSet<>();
            int count = 0;
            for (Envelope envelope : session.sent()) {
                if (envelope instanceof Envelope.Joined joined) {
                    count = joined.unseen().total();
                } else if (envelope instanceof Envelope.Counts counts) {
                    count = counts.unseen().total();
                } else if (envelope instanceof Envelope.Notifications items) {
                    for (Notification item : items.items()) {
                        if (!told.add(item.id())) {
                            faults.add("told twice of " + item.id() + ": " + session.sent());
                        }
                        unseen.add(item.id());
                    }
                } else if (envelope instanceof Envelope.Deleted deleted) {
                    unseen.removeAll(new HashSet<>(deleted.ids()));
                } else if (envelope instanceof Envelope.Seen seen) {
                    unseen.removeAll(new HashSet<>(seen.ids()));
                    seen.upTo().ifPresent(newest -> {
                        unseen.removeIf(id -> id.compareTo(newest) <= 0);
                        told.removeIf(id -> id.compareTo(newest) <= 0);
                    });
                }
                count = envelope.counts().map(counts -> counts.total()).orElse(count);
            }
            unseen.removeIf(id -> untold.test(id) && !stored.contains(id));
            if (!unseen.equals(stored)) {
                faults.add("shows " + unseen + " instead of " + stored + ": " + session.sent());
            }
            if (count != stored.size()) {
                faults.add("counts " + count + " instead of " + stored.size() + ": " + session.sent());
            }
        }
    }
}
