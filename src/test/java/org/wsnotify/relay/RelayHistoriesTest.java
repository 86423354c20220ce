package org.wsnotify.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.wsnotify.HandClock;
import org.wsnotify.notification.StoreUnavailableException;
import org.wsnotify.presence.MemoryNodeStore;
import org.wsnotify.presence.MemoryPresenceStore;
import org.wsnotify.presence.Node;
import org.wsnotify.presence.Nodes;
import org.wsnotify.presence.Presence;
import org.wsnotify.presence.PresenceState;
import org.wsnotify.presence.PresenceWriter;
import org.wsnotify.presence.StoreClocks;

/** Random histories of servers that tell each other something, while the store fails and streams lose documents. */
class RelayHistoriesTest {

    private static final int HISTORIES = 1_000;
    private static final int STEPS = 200;
    private static final List<String> NODES = List.of("aaaaaaaa", "bbbbbbbb", "cccccccc");
    private static final List<String> USERS = List.of("0", "1", "2", "3", "4", "5");

    @Test
    void everyEventArrivesOnceAndInOrder() {
        for (int seed = 0; seed < HISTORIES; seed++) {
            new History(seed).play();
        }
    }

    private static final class History {
        private final int seed;
        private final Random random;
        private final HandClock clock = new HandClock();
        private final MemoryRelayLog log = new MemoryRelayLog(this::mayFail);
        private final MemoryNodeStore nodeStore = new MemoryNodeStore(clock);
        private final MemoryPresenceStore presences = new MemoryPresenceStore(this::mayFail);
        private final Map<String, List<String>> places = new HashMap<>();
        private final List<Server> servers = new ArrayList<>();
        private boolean calm = true;
        private int events;

        History(int seed) {
            this.seed = seed;
            this.random = new Random(seed);
        }

        private void mayFail() {
            if (!calm && random.nextInt(6) == 0) {
                throw new StoreUnavailableException("down");
            }
        }

        void play() {
            for (String node : NODES) {
                nodeStore.register(node, Duration.ofHours(1));
            }
            for (String user : USERS) {
                for (String node : NODES) {
                    if (random.nextBoolean()) {
                        presences.write(node, Map.of(user, new PresenceState.Online(clock.instant())));
                        places.computeIfAbsent(user, any -> new ArrayList<>()).add(node);
                    }
                }
            }
            NODES.forEach(node -> servers.add(new Server(node)));
            calm = false;
            for (int i = 0; i < STEPS; i++) {
                step(servers.get(random.nextInt(servers.size())));
            }
            calm = true;
            servers.forEach(server -> server.tasks.runAll());
            servers.forEach(Server::see);
            for (Server server : servers) {
                server.compare();
            }
        }

        private void step(Server server) {
            switch (random.nextInt(10)) {
                case 0, 1, 2 -> server.tell(USERS.get(random.nextInt(USERS.size())));
                case 3, 4, 5 -> server.tasks.runNext();
                case 6, 7 -> server.follow();
                case 8 -> server.see();
                default -> log.breakStreams(server.id);
            }
        }

        private final class Server implements RelayListener {
            private final String id;
            private final HandRunTasks tasks = new HandRunTasks();
            private final Relay relay;
            private final RelayReceiver receiver;
            private final RelayStream stream;
            /** By sender. */
            private final Map<String, List<String>> expected = new HashMap<>();

            private final Map<String, List<String>> received = new HashMap<>();

            Server(String id) {
                this.id = id;
                Presence presence = new Presence(
                        () -> id,
                        presences,
                        new Nodes(() -> id, nodeStore),
                        new PresenceWriter(() -> id, presences, StoreClocks.own(clock), tasks.executor()));
                relay = new Relay(() -> id, presence, log, tasks.executor());
                receiver = new RelayReceiver(() -> id, log, this);
                stream = log.follow(id);
            }

            void tell(String user) {
                String event = id + "/" + events++;
                relay.tell(user, new RelayEvent.Doubted(event));
                for (Server other : servers) {
                    if (other != this && places.getOrDefault(user, List.of()).contains(other.id)) {
                        other.expected
                                .computeIfAbsent(id, any -> new ArrayList<>())
                                .add(event);
                    }
                }
            }

            /** Takes what the stream brings, of which some may get lost. */
            void follow() {
                try {
                    RelayStream.Received next = stream.next();
                    receiver.received(new RelayStream.Received(
                            next.documents().stream()
                                    .filter(document -> random.nextInt(4) > 0)
                                    .toList(),
                            next.gap()));
                } catch (StoreUnavailableException e) {
                    assertThat(calm).isFalse();
                }
            }

            /** Takes notice of the others, as of their last renewal. */
            void see() {
                try {
                    receiver.seen(servers.stream()
                            .filter(other -> other != this)
                            .map(other -> new Node(other.id, random.nextBoolean(), other.relay.sent()))
                            .toList());
                } catch (StoreUnavailableException e) {
                    assertThat(calm).isFalse();
                }
            }

            void compare() {
                assertThat(received)
                        .as("received by %s in history %s", id, seed)
                        .isEqualTo(expected);
            }

            @Override
            public void received(RelayEvent event) {
                String text = ((RelayEvent.Doubted) event).userId();
                received.computeIfAbsent(text.substring(0, 8), any -> new ArrayList<>())
                        .add(text);
            }

            @Override
            public void lost() {
                throw new AssertionError("something was lost in history " + seed);
            }
        }
    }
}
