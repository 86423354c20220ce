package org.wsnotify.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.wsnotify.HandClock;
import org.wsnotify.notification.InboxChange;
import org.wsnotify.notification.Message;
import org.wsnotify.notification.StoreUnavailableException;
import org.wsnotify.presence.FakeCluster;
import org.wsnotify.presence.MemoryNodeStore;
import org.wsnotify.presence.MemoryPresenceStore;
import org.wsnotify.presence.Nodes;
import org.wsnotify.presence.Presence;
import org.wsnotify.presence.PresenceState;
import org.wsnotify.presence.PresenceWriter;
import org.wsnotify.presence.StoreClocks;

class RelayTest {

    private static final String ANNA = "anna";
    private static final String BEN = "ben";
    private static final String B = "bbbbbbbb";
    private static final String C = "cccccccc";

    private final HandClock clock = new HandClock();
    private final HandRunTasks tasks = new HandRunTasks();
    private final FailingLog log = new FailingLog();
    private final MemoryNodeStore nodes = new MemoryNodeStore(clock);
    private int presenceAccesses;
    private final MemoryPresenceStore presences = new MemoryPresenceStore(() -> presenceAccesses++);
    private String self = "aaaaaaaa";
    private Presence presence;
    private Relay relay;

    /** Remembers what it was to append, and fails on demand. */
    private static final class FailingLog implements RelayLog {
        private final List<List<RelayDocument>> attempts = new ArrayList<>();
        private final List<RelayDocument> appended = new ArrayList<>();
        private final List<RuntimeException> failures = new ArrayList<>();

        @Override
        public void append(List<RelayDocument> documents) {
            attempts.add(documents);
            if (!failures.isEmpty()) {
                throw failures.remove(0);
            }
            appended.addAll(documents);
        }

        @Override
        public List<RelayDocument> read(String to, String from, long after, int limit) {
            throw new UnsupportedOperationException();
        }

        @Override
        public RelayStream follow(String node) {
            throw new UnsupportedOperationException();
        }

        List<RelayDocument> to(String node) {
            return appended.stream()
                    .filter(document -> document.to().equals(node))
                    .toList();
        }
    }

    @BeforeEach
    void begin() {
        for (String node : List.of(self, B, C)) {
            nodes.register(node, Duration.ofHours(1));
        }
        place(ANNA, B);
        place(BEN, C);
        relay = relay(tasks.executor());
    }

    private Relay relay(ScheduledExecutorService executor) {
        presence = new Presence(
                () -> self,
                presences,
                new Nodes(() -> self, nodes),
                new PresenceWriter(() -> self, presences, StoreClocks.own(clock), tasks.executor()));
        return new Relay(() -> self, presence, log, executor);
    }

    private void place(String user, String node) {
        presences.write(node, Map.of(user, new PresenceState.Online(clock.instant())));
    }

    private static RelayEvent seen(String user, String id) {
        return new RelayEvent.Changed(user, new InboxChange.MarkedSeen(List.of(id)));
    }

    private static RelayEvent.Published publication(Message message, String user, int items) {
        return new RelayEvent.Published(
                "p",
                Optional.of(message),
                Instant.EPOCH,
                Instant.EPOCH,
                IntStream.range(0, items)
                        .mapToObj(i -> new RelayEvent.Item(user, "n" + i, false))
                        .toList());
    }

    private void publish(RelayEvent.Published event) {
        relay.publish(
                event,
                presence.whereabouts(
                        event.items().stream().map(RelayEvent.Item::userId).toList()));
    }

    @Test
    void whatConcernsAUserIsToldInItsOrder() {
        RelayEvent.Published published = publication(Message.of("x"), ANNA, 1);
        relay.tell(ANNA, seen(ANNA, "1"));
        publish(published);
        relay.tell(ANNA, seen(ANNA, "2"));
        tasks.runAll();
        relay.tell(ANNA, seen(ANNA, "3"));
        tasks.runAll();

        assertThat(log.appended)
                .containsExactly(
                        new RelayDocument(B, self, 1, false, List.of(seen(ANNA, "1"), published, seen(ANNA, "2"))),
                        new RelayDocument(B, self, 2, false, List.of(seen(ANNA, "3"))));
        assertThat(relay.sent()).isEqualTo(Map.of(B, 2L));
        assertThat(relay.waiting()).isZero();
    }

    @Test
    void everyNodeOfAUserIsToldAndNoOther() {
        place(ANNA, C);
        relay.tell(ANNA, seen(ANNA, "1"));
        relay.tell("nobody", seen("nobody", "2"));
        publish(publication(Message.of("x"), BEN, 1));
        tasks.runAll();

        assertThat(log.to(B)).flatExtracting(RelayDocument::events).containsExactly(seen(ANNA, "1"));
        assertThat(log.to(C))
                .flatExtracting(RelayDocument::events)
                .containsExactly(seen(ANNA, "1"), publication(Message.of("x"), BEN, 1));
        assertThat(log.attempts).hasSize(1);
    }

    @Test
    void whereUsersAreIsAskedOnceForAllThatWait() {
        presenceAccesses = 0;
        presence.whereabouts(List.of(ANNA));
        int accessesOfOne = presenceAccesses;
        for (int i = 0; i < 100; i++) {
            relay.tell("user" + i, seen("user" + i, "1"));
        }
        presenceAccesses = 0;
        tasks.runAll();

        assertThat(presenceAccesses).isEqualTo(accessesOfOne);
    }

    @Test
    void nothingIsDoneAlone() {
        relay = new Relay(() -> self, FakeCluster.alone(), log, tasks.executor());

        relay.tell(ANNA, seen(ANNA, "1"));

        assertThat(tasks.waiting()).isZero();
        assertThat(relay.waiting()).isZero();
    }

    @Test
    void publicationsAreNotRoutedLater() {
        assertThatThrownBy(() -> relay.tell(ANNA, publication(Message.of("x"), ANNA, 1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void repeatedDocumentsKeepTheirNumbers() {
        for (int i = 0; i < 4; i++) {
            log.failures.add(new StoreUnavailableException("down"));
        }
        relay.tell(ANNA, seen(ANNA, "1"));
        tasks.runNext();
        relay.tell(ANNA, seen(ANNA, "2"));
        assertThat(relay.sent()).isEmpty();
        assertThat(relay.waiting()).isEqualTo(2);
        tasks.runAll();

        assertThat(tasks.delays()).startsWith(0L, 250L, 500L, 1000L, 1000L);
        assertThat(log.attempts.subList(0, 5))
                .containsOnly(List.of(new RelayDocument(B, self, 1, false, List.of(seen(ANNA, "1")))));
        assertThat(log.attempts.get(5)).containsExactly(new RelayDocument(B, self, 2, false, List.of(seen(ANNA, "2"))));
    }

    @Test
    void noDocumentHasMoreThanAThousandEvents() {
        relay.tell(ANNA, seen(ANNA, "1"));
        publish(publication(Message.of("x"), ANNA, 2_500));
        tasks.runAll();

        assertThat(log.attempts).hasSize(1);
        assertThat(log.to(B)).extracting(RelayDocument::number).containsExactly(1L, 2L, 3L);
        assertThat(log.to(B)).extracting(RelayTest::size).containsExactly(1_000, 1_000, 501);
        assertThat(log.to(B).stream()
                        .flatMap(document -> document.events().stream())
                        .filter(RelayEvent.Published.class::isInstance)
                        .flatMap(event -> ((RelayEvent.Published) event).items().stream())
                        .map(RelayEvent.Item::id))
                .containsExactlyElementsOf(
                        IntStream.range(0, 2_500).mapToObj(i -> "n" + i).toList());
    }

    private static int size(RelayDocument document) {
        return document.events().stream()
                .mapToInt(event -> event instanceof RelayEvent.Published published
                        ? published.items().size()
                        : 1)
                .sum();
    }

    @Test
    void noDocumentIsLargerThanAMegabyte() {
        for (int i = 0; i < 7; i++) {
            publish(publication(Message.of("x".repeat(100_000)), ANNA, 1));
        }
        tasks.runAll();

        assertThat(log.to(B)).extracting(RelayTest::size).containsExactly(3, 3, 1);
    }

    @Test
    void longUserIdsAndIdsCountForTheSize() {
        place("u".repeat(1_000), B);
        publish(publication(Message.of("x"), "u".repeat(1_000), 900));
        relay.tell(ANNA, new RelayEvent.Changed(ANNA, new InboxChange.Removed(List.of("i".repeat(100_000)))));
        tasks.runAll();

        assertThat(log.to(B)).extracting(RelayTest::size).containsExactly(321, 321, 258, 1);
    }

    @Test
    void longMessageIsLeftToTheReceiver() {
        Message longest = Message.of("x".repeat(200_000));
        publish(publication(longest, ANNA, 1));
        publish(publication(Message.of("x".repeat(200_001)), ANNA, 1));
        tasks.runAll();

        assertThat(log.to(B))
                .flatExtracting(RelayDocument::events)
                .extracting(event -> ((RelayEvent.Published) event).message())
                .containsExactly(Optional.of(longest), Optional.empty());
    }

    @Test
    void messagesAreLeftOutIfTooManyCharactersWait() {
        Message message = Message.of("x".repeat(200_000));
        for (int i = 0; i < 50; i++) {
            publish(publication(message, ANNA, 1));
        }
        tasks.runAll();

        assertThat(log.to(B))
                .flatExtracting(RelayDocument::events)
                .filteredOn(event -> ((RelayEvent.Published) event).message().isPresent())
                .hasSize(40);
    }

    @Test
    void droppedPublicationIsLostForItsNodesOnly() {
        publish(publication(Message.of("x"), ANNA, 10_000));
        publish(publication(Message.of("y"), BEN, 1));
        assertThat(relay.waiting()).isEqualTo(10_000);
        tasks.runAll();

        assertThat(log.to(B)).hasSize(10).noneMatch(RelayDocument::lost);
        assertThat(log.to(C)).containsExactly(new RelayDocument(C, self, 1, true, List.of()));
    }

    @Test
    void droppedChangeIsLostForAllOtherNodes() {
        publish(publication(Message.of("x"), ANNA, 10_000));
        relay.tell(BEN, seen(BEN, "1"));
        tasks.runAll();
        relay.tell(BEN, seen(BEN, "2"));
        tasks.runAll();

        assertThat(log.to(B))
                .extracting(RelayDocument::lost)
                .startsWith(true, false)
                .filteredOn(lost -> lost)
                .hasSize(1);
        assertThat(log.to(C))
                .containsExactly(
                        new RelayDocument(C, self, 1, true, List.of()),
                        new RelayDocument(C, self, 2, false, List.of(seen(BEN, "2"))));
    }

    @Test
    void documentsThatAreRepeatedDoNotTellOfALaterLoss() {
        log.failures.add(new StoreUnavailableException("down"));
        relay.tell(ANNA, seen(ANNA, "1"));
        tasks.runNext();
        publish(publication(Message.of("x"), ANNA, 10_000));
        publish(publication(Message.of("y"), ANNA, 1));
        tasks.runAll();

        assertThat(log.to(B)).extracting(RelayDocument::lost).startsWith(false, true, false);
    }

    @Test
    void unexpectedFailureDoesNotEndTheTask() {
        log.failures.add(new IllegalStateException("unexpected"));
        relay.tell(ANNA, seen(ANNA, "1"));
        tasks.runAll();

        assertThat(log.to(B)).containsExactly(new RelayDocument(B, self, 1, false, List.of(seen(ANNA, "1"))));
    }

    @Test
    void batchThatNeverSucceedsIsLostUnderItsNumbers() {
        for (int i = 0; i < 10; i++) {
            log.failures.add(new IllegalStateException("unexpected"));
        }
        relay.tell(ANNA, seen(ANNA, "1"));
        tasks.runNext();
        relay.tell(ANNA, seen(ANNA, "2"));
        relay.tell(BEN, seen(BEN, "3"));
        tasks.runAll();

        assertThat(log.appended)
                .containsExactlyInAnyOrder(
                        new RelayDocument(B, self, 2, true, List.of(seen(ANNA, "2"))),
                        new RelayDocument(C, self, 1, false, List.of(seen(BEN, "3"))));
    }

    @Test
    void numbersBeginAgainUnderANewId() {
        String before = self;
        log.failures.add(new StoreUnavailableException("down"));
        relay.tell(ANNA, seen(ANNA, "1"));
        tasks.runNext();
        self = "dddddddd";
        nodes.register(self, Duration.ofHours(1));
        relay.tell(ANNA, seen(ANNA, "2"));
        tasks.runNext();
        assertThat(relay.sent()).isEmpty();
        tasks.runAll();

        assertThat(log.to(B))
                .containsExactly(
                        new RelayDocument(B, before, 1, false, List.of(seen(ANNA, "1"))),
                        new RelayDocument(B, self, 1, false, List.of(seen(ANNA, "2"))));
        assertThat(relay.sent()).isEqualTo(Map.of(B, 1L));
    }

    @Test
    void drainWaitsUntilEverythingIsDurable() {
        relay.tell(ANNA, seen(ANNA, "1"));
        assertThat(relay.drain(Duration.ofMillis(1))).isFalse();
        tasks.runAll();
        assertThat(relay.drain(Duration.ofMillis(1))).isTrue();

        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
        try {
            relay = relay(timer);
            log.failures.add(new StoreUnavailableException("down"));
            relay.tell(ANNA, seen(ANNA, "2"));
            assertThat(relay.drain(Duration.ofSeconds(20))).isTrue();
            assertThat(relay.sent()).isEqualTo(Map.of(B, 1L));
        } finally {
            timer.shutdownNow();
        }
    }
}
