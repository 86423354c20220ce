package org.wsnotify.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.wsnotify.Background;
import org.wsnotify.Race;
import org.wsnotify.notification.Action;
import org.wsnotify.notification.InboxChange;
import org.wsnotify.notification.Message;

/** The tests that every {@link RelayLog} passes. */
public abstract class RelayLogContract {

    private static final String A = "0000000a";
    private static final String B = "0000000b";
    private static final String C = "0000000c";
    private static final Instant NOW = Instant.parse("2026-03-04T05:06:07.089Z");
    private static final String FIRST = "69a7be3f16400000deadbeef";
    private static final String SECOND = "69a7be3f16400001deadbeef";
    private static final int ALL = 1000;
    private static final RelayStream.Received ENDED = new RelayStream.Received(List.of(), false);

    private final List<RelayStream> streams = new ArrayList<>();
    private RelayLog log;

    /** Opens the log under test, empty. Called once before each test. */
    protected abstract RelayLog emptyLog() throws Exception;

    @BeforeEach
    void open() throws Exception {
        log = emptyLog();
    }

    @AfterEach
    void closeStreams() {
        streams.forEach(RelayStream::close);
    }

    // Appending and reading

    @Test
    void aNewLogIsEmpty() {
        log.append(List.of());

        assertThat(log.read(A, B, 0, ALL)).isEmpty();
    }

    @Test
    void eventsAreReadAsTheyWereWritten() {
        Message message = new Message("chat", "Grüße <b>", "日本語 \uD83D\uDD14 \u0001\r\n\"", "https://e/?a=b", "i", "j");
        Message withActions = new Message(
                "", "", "c", "", "", "", List.of(new Action("Ja", "https://e/?a=b"), new Action("Nein", "")));
        List<RelayEvent> events = List.of(
                new RelayEvent.Published(
                        FIRST,
                        Optional.of(message),
                        NOW,
                        NOW.minusMillis(3),
                        List.of(
                                new RelayEvent.Item("anna:1", FIRST, false),
                                new RelayEvent.Item("", SECOND, true),
                                new RelayEvent.Item("ben", FIRST, true))),
                new RelayEvent.Published(
                        FIRST,
                        Optional.of(Message.of("")),
                        NOW,
                        NOW,
                        List.of(new RelayEvent.Item("ben", SECOND, false))),
                new RelayEvent.Published(
                        FIRST, Optional.of(withActions), NOW, NOW, List.of(new RelayEvent.Item("ben", SECOND, false))),
                new RelayEvent.Published(FIRST, Optional.empty(), NOW, NOW, List.of()),
                new RelayEvent.Changed("anna", new InboxChange.MarkedSeen(List.of(SECOND, FIRST))),
                new RelayEvent.Changed("anna", new InboxChange.MarkedSeen(List.of())),
                new RelayEvent.Changed("ben", new InboxChange.Removed(List.of(FIRST))),
                new RelayEvent.Changed("", new InboxChange.MarkedAllSeen(Optional.of(FIRST))),
                new RelayEvent.Changed("anna", new InboxChange.MarkedAllSeen(Optional.empty())),
                new RelayEvent.SessionsEnded("日本語"),
                new RelayEvent.Doubted("日本語"));
        List<RelayDocument> documents =
                List.of(new RelayDocument(A, B, 1, false, events), new RelayDocument(A, B, 2, true, List.of()));

        log.append(documents);

        assertThat(log.read(A, B, 0, ALL)).isEqualTo(documents);
    }

    @Test
    void aDocumentOfFullSizeIsReadWhole() {
        Message message = Message.of("ä".repeat(400_000));
        List<RelayEvent.Item> items = IntStream.range(0, 1000)
                .mapToObj(
                        i -> new RelayEvent.Item("user" + i, FIRST.substring(0, 21) + "%03x".formatted(i), i % 2 == 0))
                .toList();
        List<RelayDocument> documents = LongStream.rangeClosed(1, 3)
                .mapToObj(number -> new RelayDocument(
                        A,
                        B,
                        number,
                        false,
                        List.of(new RelayEvent.Published(FIRST, Optional.of(message), NOW, NOW, items))))
                .toList();
        log.append(documents);

        assertThat(log.read(A, B, 0, ALL)).isEqualTo(documents);
    }

    @Test
    void documentsAreReadInTheOrderOfTheirNumbers() {
        List<Long> numbers = List.of(1L, 2L, 9L, 10L, 11L, 99L, 100L, 255L, 256L, 65_536L, 1L << 31, 1L << 40);
        List<Long> shuffled = new ArrayList<>(numbers);
        Collections.reverse(shuffled);
        shuffled.forEach(number -> log.append(List.of(document(A, B, number))));

        assertThat(numbersOf(log.read(A, B, 0, ALL))).isEqualTo(numbers);
        assertThat(numbersOf(log.read(A, B, 10, ALL))).isEqualTo(numbers.subList(4, 12));
        assertThat(numbersOf(log.read(A, B, 12, 3))).containsExactly(99L, 100L, 255L);
        assertThat(numbersOf(log.read(A, B, 0, 1))).containsExactly(1L);
        assertThat(log.read(A, B, 1L << 40, ALL)).isEmpty();
    }

    @Test
    void onlyDocumentsOfThePairAreRead() {
        log.append(List.of(document(A, B, 1), document(A, C, 2), document(B, A, 3), document(B, C, 4)));
        log.append(List.of(document(A, A, 5), document(C, B, 6)));

        assertThat(numbersOf(log.read(A, B, 0, ALL))).containsExactly(1L);
        assertThat(numbersOf(log.read(B, A, 0, ALL))).containsExactly(3L);
        assertThat(log.read(C, A, 0, ALL)).isEmpty();
    }

    @Test
    void aRelayDocumentIsWrittenOnceHoweverOftenItIsAppended() {
        RelayDocument first = document(A, B, 1);
        RelayDocument other = new RelayDocument(A, B, 1, true, List.of());
        log.append(List.of(first));

        log.append(List.of(first));
        log.append(List.of(document(C, B, 1), other, document(A, B, 2), other, document(A, B, 3)));

        assertThat(log.read(A, B, 0, ALL)).containsExactly(first, document(A, B, 2), document(A, B, 3));
        assertThat(log.read(C, B, 0, ALL)).containsExactly(document(C, B, 1));
    }

    @Test
    void aRelayDocumentAppendedByManyThreadsIsWrittenOnce() {
        List<RelayDocument> documents =
                LongStream.rangeClosed(1, 20).mapToObj(i -> document(A, B, i)).toList();

        Race.of(4, () -> {
            log.append(documents);
            return null;
        });

        assertThat(log.read(A, B, 0, ALL)).isEqualTo(documents);
    }

    // Following

    @Test
    void theFirstReadTellsOfAGap() {
        assertThat(follow(A).next().gap()).isTrue();
    }

    @Test
    void aFollowerGetsEveryDocumentOnceAndInOrder() {
        log.append(List.of(document(A, B, 1), document(B, A, 1), document(A, B, 2)));
        LogFollower follower = new LogFollower(follow(A));
        follower.receive(2);

        for (long number = 3; number <= 12; number++) {
            log.append(List.of(document(C, B, number), document(A, B, number), document(A, C, number)));
        }
        follower.receive(12);

        assertThat(follower.received)
                .isEqualTo(LongStream.rangeClosed(1, 12)
                        .mapToObj(i -> document(A, B, i))
                        .toList());
    }

    @Test
    void nodesAreFollowedIndependently() {
        LogFollower a = new LogFollower(follow(A));
        LogFollower again = new LogFollower(follow(A));
        a.stream.next();
        again.stream.next();

        log.append(List.of(document(A, B, 1)));
        a.receive(1);
        a.stream.close();
        log.append(List.of(document(A, B, 2)));
        again.receive(2);

        assertThat(numbersOf(again.received)).containsExactly(1L, 2L);
    }

    @Test
    void closingAStreamEndsItsWait() throws Exception {
        RelayStream stream = follow(A);
        stream.next();
        CompletableFuture<Void> waiting = Background.run(stream::next);

        stream.close();

        waiting.get(5, TimeUnit.SECONDS);
        assertThat(stream.next()).isEqualTo(ENDED);
    }

    @Test
    void aClosedStreamDeliversNothing() {
        RelayStream stream = follow(A);
        stream.next();
        stream.close();
        stream.close();

        log.append(List.of(document(A, B, 1)));

        assertThat(stream.next()).isEqualTo(ENDED);
        RelayStream neverRead = follow(A);
        neverRead.close();
        assertThat(neverRead.next()).isEqualTo(ENDED);
    }

    /** Receives as a server does: after a gap it reads the log. */
    private final class LogFollower {
        private final RelayStream stream;
        private final List<RelayDocument> received = new ArrayList<>();
        private long last;

        LogFollower(RelayStream stream) {
            this.stream = stream;
        }

        void receive(int count) {
            Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> {
                RelayStream.Received next = stream.next();
                if (next.gap()) {
                    log.read(A, B, last, ALL).forEach(this::take);
                }
                next.documents().stream()
                        .filter(document -> document.from().equals(B) && document.number() > last)
                        .forEach(this::take);
                return received.size() >= count;
            });
        }

        private void take(RelayDocument document) {
            received.add(document);
            last = document.number();
        }
    }

    private RelayStream follow(String node) {
        RelayStream stream = log.follow(node);
        streams.add(stream);
        return stream;
    }

    private static RelayDocument document(String to, String from, long number) {
        return new RelayDocument(to, from, number, false, List.of(new RelayEvent.Doubted("user" + number)));
    }

    private static List<Long> numbersOf(List<RelayDocument> documents) {
        return documents.stream().map(RelayDocument::number).toList();
    }
}
