package org.wsnotify.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.mongodb.event.CommandFailedEvent;
import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;
import com.mongodb.event.CommandSucceededEvent;
import java.io.IOException;
import java.net.Socket;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.wsnotify.Background;
import org.wsnotify.Ports;
import org.wsnotify.notification.StoreUnavailableException;
import org.wsnotify.relay.RelayDocument;
import org.wsnotify.relay.RelayStream;
import org.wsnotify.relay.RelayStream.Received;

/** What a stream delivers while its connection, the primary or its place is lost. */
class MongoRelayStreamTest {

    private static final String NODE = "0000000a";
    private static final String OTHER = "0000000b";
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    /** Shorter than on a server: most tests read a stream that has nothing to tell. */
    private static final Duration AWAIT = Duration.ofMillis(100);

    @RegisterExtension
    static final DatabasePerClass DATABASE = new DatabasePerClass(MongoTestDatabase::aloneOnServer);

    private final List<RelayDocument> received = new ArrayList<>();
    private MongoRelayLog log;
    private RelayStream stream;
    private int failures;

    @BeforeEach
    void open() {
        log = new MongoRelayLog(DATABASE.connection(), Clock.systemUTC(), AWAIT);
        stream = log.follow(NODE);
    }

    @AfterEach
    void close() {
        stream.close();
    }

    @Test
    void documentsArriveInOrderAndWithoutAGap() {
        assertThat(stream.next()).isEqualTo(new Received(List.of(), true));

        for (long number = 1; number <= 300; number += 3) {
            log.append(documents(number, number + 2));
        }
        receive(300);

        assertThat(received).isEqualTo(documents(1, 300));
    }

    static Stream<Failpoint> losses() {
        return Stream.of(
                Failpoint.closedConnection(1, "getMore", "aggregate"),
                Failpoint.closedConnection(6, "getMore", "aggregate"),
                Failpoint.notPrimary(1, "getMore", "aggregate"),
                Failpoint.notPrimary(6, "getMore", "aggregate"));
    }

    @ParameterizedTest
    @MethodSource("losses")
    void nothingIsLostWhileTheStreamIsBroken(Failpoint loss) {
        stream.next();
        log.append(documents(1, 3));
        receive(3);

        loss.during(() -> {
            for (long number = 4; number <= 20; number++) {
                log.append(documents(number, number));
            }
            receive(20);
            return true;
        });
        log.append(documents(21, 22));
        receive(22);

        assertThat(received).isEqualTo(documents(1, 22));
        if (loss.times() > 1) {
            assertThat(failures).as("failures that the driver did not hide").isPositive();
        }
    }

    @ParameterizedTest
    @MethodSource("losses")
    void nothingIsLostThatArrivesWhileNobodyReads(Failpoint loss) {
        stream.next(); // nothing has arrived: resumed by the token of an empty batch
        loss.during(() -> {
            for (int attempt = 0; attempt < loss.times(); attempt++) {
                takeNext();
            }
            log.append(documents(1, 5));
            return true;
        });
        receive(5);

        assertThat(received).isEqualTo(documents(1, 5));
    }

    @ParameterizedTest
    @ValueSource(ints = {286, 280, 260, 40573, 40585})
    void aRefusedTokenIsAGap(int code) {
        stream.next();

        Received next = Failpoint.error(code, 1, "getMore").during(stream::next);

        assertThat(next).isEqualTo(new Received(List.of(), true));
        log.append(documents(1, 2));
        receive(2);
        assertThat(received).isEqualTo(documents(1, 2));
    }

    @Test
    void aStreamThatCannotBeOpenedAnewIsOpenedLaterWithAGap() {
        stream.next();

        boolean thrown = Failpoint.error(286, 2, "getMore", "aggregate").during(() -> {
            assertThatExceptionOfType(StoreUnavailableException.class)
                    .isThrownBy(stream::next)
                    .withMessage("MongoDB: following other servers failed: MongoCommandException 286");
            return true;
        });

        assertThat(thrown).isTrue();
        assertThat(stream.next().gap()).isTrue();
        log.append(documents(1, 1));
        receive(1);
    }

    @Test
    void withoutChangeStreamsTheReceiverPolls() {
        Received first = Failpoint.error(40573, 1, "aggregate").during(stream::next);

        assertThat(first).isEqualTo(new Received(List.of(), true));
        log.append(documents(1, 1));
        assertThat(stream.next()).isEqualTo(new Received(List.of(), true));
    }

    @Test
    void aStreamThatIsOpenedAnewNeverPolls() {
        stream.next();
        Failpoint.error(40573, 2, "getMore", "aggregate").during(() -> {
            assertThatExceptionOfType(StoreUnavailableException.class).isThrownBy(stream::next);
            return true;
        });

        stream.next();
        log.append(documents(1, 1));
        receive(1);

        assertThat(received).isEqualTo(documents(1, 1));
    }

    @Test
    void withoutAPrimaryTheStreamFailsSoon() throws IOException {
        try (Socket nobody = Ports.refusing();
                MongoConnection connection = new MongoConnection(MongoOptions.of(
                        "mongodb://127.0.0.1:" + nobody.getLocalPort() + "/?serverSelectionTimeoutMS=300", "test"))) {
            RelayStream unreachable = new MongoRelayLog(connection, Clock.systemUTC()).follow(NODE);

            for (int i = 0; i < 3; i++) {
                assertTimeoutPreemptively(
                        Duration.ofSeconds(20),
                        () -> assertThatExceptionOfType(StoreUnavailableException.class)
                                .isThrownBy(unreachable::next)
                                .withMessage("MongoDB: following other servers failed: no primary is known (127.0.0.1:"
                                        + nobody.getLocalPort() + ": Connection refused)"));
            }
        }
    }

    @Test
    void aStreamOfAClosedConnectionFails() {
        MongoConnection connection = new MongoConnection(DATABASE.options());
        RelayStream open = new MongoRelayLog(connection, Clock.systemUTC()).follow(NODE);
        RelayStream neverRead = new MongoRelayLog(connection, Clock.systemUTC()).follow(NODE);
        open.next();

        connection.close();

        assertThatExceptionOfType(StoreUnavailableException.class).isThrownBy(open::next);
        assertThatExceptionOfType(StoreUnavailableException.class).isThrownBy(neverRead::next);
    }

    @Test
    void aWaitingStreamTakesNoConnectionFromOthers() throws Exception {
        WaitingReads reads = new WaitingReads();
        try (MongoConnection connection = new MongoConnection(
                new MongoOptions(
                        DATABASE.options().uri() + "&maxPoolSize=1",
                        DATABASE.options().database(),
                        DEADLINE,
                        DEADLINE),
                settings -> settings.addCommandListener(reads))) {
            MongoRelayLog single = new MongoRelayLog(connection, Clock.systemUTC());
            RelayStream waiting = single.follow(NODE);
            CompletableFuture<Void> reader = Background.run(() -> {
                while (!reads.ended) {
                    waiting.next();
                }
            });

            Awaitility.await().atMost(DEADLINE).until(() -> {
                long before = reads.waiting;
                single.read(OTHER, NODE, 0, 1);
                return before != 0 && before == reads.waiting;
            });
            reads.ended = true;
            waiting.close();
            reader.get(DEADLINE.toSeconds(), TimeUnit.SECONDS);
        }
    }

    /** Knows which getMore is under way. */
    private static final class WaitingReads implements CommandListener {
        private volatile long waiting;
        private volatile boolean ended;

        @Override
        public void commandStarted(CommandStartedEvent event) {
            if (event.getCommandName().equals("getMore")) {
                waiting = event.getRequestId();
            }
        }

        @Override
        public void commandSucceeded(CommandSucceededEvent event) {
            over(event.getCommandName());
        }

        @Override
        public void commandFailed(CommandFailedEvent event) {
            over(event.getCommandName());
        }

        private void over(String command) {
            if (command.equals("getMore")) {
                waiting = 0;
            }
        }
    }

    /** Receives without reading the log, as no gap comes after the first read. */
    private void receive(int count) {
        Awaitility.await().atMost(DEADLINE).until(() -> {
            takeNext();
            return received.size() >= count;
        });
    }

    private void takeNext() {
        try {
            Received next = stream.next();
            assertThat(next.gap()).isFalse();
            received.addAll(next.documents());
        } catch (StoreUnavailableException broken) {
            failures++;
        }
    }

    private static List<RelayDocument> documents(long first, long last) {
        return LongStream.rangeClosed(first, last)
                .mapToObj(number -> new RelayDocument(NODE, OTHER, number, false, List.of()))
                .toList();
    }
}
