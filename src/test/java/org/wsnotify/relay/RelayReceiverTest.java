package org.wsnotify.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.wsnotify.notification.StoreUnavailableException;
import org.wsnotify.presence.Node;

class RelayReceiverTest {

    private static final String A = "aaaaaaaa";
    private static final String B = "bbbbbbbb";
    private static final String LOST = "lost";

    private final List<String> told = new ArrayList<>();
    private final ReadLog log = new ReadLog();
    private String self = "ffffffff";
    private long nanos;
    private final RelayReceiver receiver = new RelayReceiver(() -> self, log, new Telling(), () -> nanos);

    /** Has what it is given; counts how often it is read. */
    private static final class ReadLog implements RelayLog {
        private final List<RelayDocument> kept = new ArrayList<>();
        private int reads;
        private int failures;

        @Override
        public void append(List<RelayDocument> documents) {
            kept.addAll(documents);
        }

        @Override
        public List<RelayDocument> read(String to, String from, long after, int limit) {
            reads++;
            if (failures > 0) {
                failures--;
                throw new StoreUnavailableException("down");
            }
            return kept.stream()
                    .filter(document ->
                            document.to().equals(to) && document.from().equals(from))
                    .filter(document -> document.number() > after)
                    .limit(limit)
                    .toList();
        }

        @Override
        public RelayStream follow(String node) {
            throw new UnsupportedOperationException();
        }
    }

    private final class Telling implements RelayListener {
        @Override
        public void received(RelayEvent event) {
            String user = ((RelayEvent.Doubted) event).userId();
            told.add(user);
            if (user.startsWith("bad")) {
                throw new IllegalStateException("unexpected");
            }
        }

        @Override
        public void lost() {
            told.add(LOST);
        }
    }

    private RelayDocument document(String from, long number, boolean lost, String... users) {
        List<RelayEvent> events = new ArrayList<>();
        for (String user : users) {
            events.add(new RelayEvent.Doubted(user));
        }
        return new RelayDocument(self, from, number, lost, events);
    }

    private RelayDocument document(String from, long number) {
        return document(from, number, false, from.charAt(0) + "" + number);
    }

    private void arrive(boolean gap, RelayDocument... documents) {
        receiver.received(new RelayStream.Received(List.of(documents), gap));
    }

    private static Node node(String id) {
        return new Node(id, true, Map.of());
    }

    private Node node(String id, long sent) {
        return new Node(id, true, Map.of(self, sent));
    }

    @Test
    void eachDocumentIsDeliveredOnceAndInOrder() {
        arrive(false, document(A, 1, false, "x", "y"), document(B, 1), document(A, 1), document(A, 2));
        arrive(false, document(A, 2), document(A, 3), document(B, 1));

        assertThat(told).containsExactly("x", "y", "b1", "a2", "a3");
        assertThat(log.reads).isZero();
    }

    @Test
    void missingDocumentsAreReadAtOnce() {
        arrive(false, document(A, 1));
        log.append(List.of(document(A, 1), document(A, 2), document(A, 3), document(A, 4), document(A, 5)));
        arrive(false, document(A, 4), document(A, 5));

        assertThat(told).containsExactly("a1", "a2", "a3", "a4", "a5");
        assertThat(log.reads).isEqualTo(1);
    }

    @Test
    void manyMissingDocumentsAreAllRead() {
        for (int number = 1; number <= 250; number++) {
            log.append(List.of(document(A, number)));
        }
        arrive(false, document(A, 250));

        assertThat(told).hasSize(250).startsWith("a1", "a2").endsWith("a250");
        assertThat(log.reads).isEqualTo(3);
    }

    @Test
    void documentsThatAreGoneAreLostOnce() {
        arrive(false, document(A, 1));
        log.append(List.of(document(A, 4), document(A, 5)));
        arrive(false, document(A, 5), document(A, 6));

        assertThat(told).containsExactly("a1", LOST, "a4", "a5", "a6");
    }

    @Test
    void documentsThatTheLogNeverHadAreLost() {
        arrive(false, document(A, 3), document(A, 4));

        assertThat(told).containsExactly(LOST, "a3", "a4");
    }

    @Test
    void afterAGapTheLogOfEveryNodeIsRead() {
        receiver.seen(List.of(node(A), node(B)));
        log.append(List.of(document(A, 1), document(B, 1), document(B, 2)));
        arrive(true);

        assertThat(told).containsExactlyInAnyOrder("a1", "b1", "b2");
    }

    @Test
    void nodeThatHasSentMoreIsReadWhenSeen() {
        arrive(false, document(A, 1));
        log.append(List.of(document(A, 1), document(A, 2)));
        receiver.seen(List.of(node(A, 2)));
        receiver.seen(List.of(node(A, 2)));

        assertThat(told).containsExactly("a1", "a2");
        assertThat(log.reads).isEqualTo(1);
    }

    @Test
    void whatANodeHasSentAndTheLogHasNotIsLostOnce() {
        receiver.seen(List.of(node(A, 3)));
        receiver.seen(List.of(node(A, 3)));
        arrive(false, document(A, 4));

        assertThat(told).containsExactly(LOST, "a4");
        assertThat(log.reads).isEqualTo(1);
    }

    @Test
    void lastDocumentsOfANodeThatHasStoppedAreRead() {
        receiver.seen(List.of(node(A)));
        log.append(List.of(document(A, 1)));
        receiver.seen(List.of());
        log.append(List.of(document(A, 2)));
        arrive(true);

        assertThat(told).containsExactly("a1", "a2");
    }

    @Test
    void nodeThatHasGoneIsForgottenAfterTenMinutes() {
        arrive(false, document(A, 1));
        receiver.seen(List.of());
        nanos += Duration.ofMinutes(10).toNanos() - 1;
        receiver.seen(List.of());
        arrive(false, document(A, 1), document(A, 2));
        assertThat(told).containsExactly("a1", "a2");

        nanos++;
        receiver.seen(List.of());
        int before = log.reads;
        arrive(true);
        assertThat(log.reads).isEqualTo(before);
    }

    @Test
    void lossIsToldBeforeTheEventsThatFollow() {
        arrive(false, document(A, 1), document(A, 2, true, "x"));

        assertThat(told).containsExactly("a1", LOST, "x");
    }

    @Test
    void failureOfTheListenerDoesNotStopTheNextEvent() {
        arrive(false, document(A, 1, false, "bad1", "x"), document(A, 2));

        assertThat(told).containsExactly("bad1", "x", "a2");
    }

    @Test
    void gapIsReadLaterIfTheStoreIsDown() {
        receiver.seen(List.of(node(A), node(B)));
        log.append(List.of(document(A, 1), document(B, 1)));
        log.failures = 2;
        assertThatThrownBy(() -> arrive(true)).isInstanceOf(StoreUnavailableException.class);
        assertThatThrownBy(() -> arrive(false)).isInstanceOf(StoreUnavailableException.class);
        arrive(false);
        arrive(false);

        assertThat(told).containsExactlyInAnyOrder("a1", "b1");
    }

    @Test
    void missingDocumentIsReadLaterIfTheStoreIsDown() {
        log.append(List.of(document(A, 1), document(A, 2), document(A, 3)));
        log.failures = 1;
        assertThatThrownBy(() -> arrive(false, document(B, 1), document(A, 2)))
                .isInstanceOf(StoreUnavailableException.class);
        arrive(false, document(B, 1), document(A, 2));

        assertThat(told).containsExactly("b1", "a1", "a2", "a3");
    }

    @Test
    void everythingStartsAnewUnderANewId() {
        arrive(false, document(A, 1), document(A, 2));
        RelayDocument late = document(A, 3);
        self = "eeeeeeee";
        arrive(false, late, document(A, 1));

        assertThat(told).containsExactly("a1", "a2", "a1");
    }
}
