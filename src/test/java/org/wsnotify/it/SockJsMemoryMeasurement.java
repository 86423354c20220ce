package org.wsnotify.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Measures the heap that a joined session over HTTP takes, with a heap of 512 MB. Runs only if it is named
 * (CONTRIBUTING), on an idle machine. Set {@code -Dnotification.test.polling-sessions=10000} for that many sessions.
 */
class SockJsMemoryMeasurement {

    private static final int SESSIONS = Integer.getInteger("notification.test.polling-sessions", 1000);
    private static final String SESSION = "org.wsnotify.sockjs.PollingSession";

    /** With more, 10,000 would not fit into the heap. Nearly all of it is the server's request and connection. */
    private static final long MOST_OPEN = 40_960;

    /** Nearly all of it is the server's connection. */
    private static final long MOST_BETWEEN = 20_480;

    @TempDir
    Path directory;

    @Test
    void sessionIsSmallWithAPollAndSmallerBetweenPolls() throws InterruptedException {
        try (TestServer server = TestServer.in(directory)
                .with("notification.demo", "true")
                .with("notification.demo.extra-users", String.valueOf(SESSIONS))
                .with("notification.session.heartbeat", SESSIONS > 1000 ? "PT25S" : "PT5S") // ends the polls
                .with("notification.sockjs.sessions-per-address", String.valueOf(2 * SESSIONS))
                .start()) {
            warmUp(server);
            long before = LiveHeap.of(server.pid()).bytes();

            PollingClients clients = new PollingClients(server::http);
            clients.open(SESSIONS);
            assertThat(clients.refused()).isEmpty();
            LiveHeap open = LiveHeap.of(server.pid());

            // The heartbeat probes all sessions at the same time, which ends their polls.
            clients.stopPolling();
            Awaitility.await("all polls to end").atMost(Duration.ofMinutes(1)).until(() -> clients.away() == SESSIONS);
            LiveHeap between = LiveHeap.of(server.pid());

            long withPoll = perSession("with an open poll", open, before);
            long without = perSession("between two polls", between, before);
            assertThat(withPoll).isLessThan(MOST_OPEN);
            assertThat(without).isLessThan(MOST_BETWEEN);
            Awaitility.await("all sessions to be forgotten")
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> LiveHeap.of(server.pid()).instancesOf(SESSION) == 0);
        }
    }

    /** Warms the server up: loads classes, and grows what grows only once. */
    private static void warmUp(TestServer server) throws InterruptedException {
        PollingClients first = new PollingClients(server::http);
        first.open(100);
        first.stopPolling();
        Awaitility.await("the first ones to leave")
                .atMost(Duration.ofMinutes(1))
                .until(() -> LiveHeap.of(server.pid()).instancesOf(SESSION) == 0);
    }

    private static long perSession(String state, LiveHeap heap, long before) {
        long sessions = heap.instancesOf(SESSION);
        assertThat(sessions).as("sessions " + state).isEqualTo(SESSIONS);
        long each = (heap.bytes() - before) / sessions;
        System.out.printf(
                "%d sessions %s: %d bytes of heap each, %d MB of live heap in all%n",
                sessions, state, each, heap.bytes() >> 20);
        return each;
    }
}
