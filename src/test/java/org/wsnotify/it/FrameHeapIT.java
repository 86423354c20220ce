package org.wsnotify.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Measures what WebSockets leave in the heap of the server. Set {@code -Dnotification.test.frames=100000
 * -Dnotification.test.sockets=5000} for that many frames and connections (CONTRIBUTING).
 */
class FrameHeapIT {

    private static final int FRAMES = Integer.getInteger("notification.test.frames", 20_000);
    private static final int SOCKETS = Integer.getInteger("notification.test.sockets", 200);
    private static final int AT_ONCE = 40;
    private static final long MOST_LEFT = 2 << 20;

    /** For the buffers of threads and for loaded classes; a hundredth of what is sent. */
    private static final long MOST_OF_UNFINISHED = 16 << 20;

    @TempDir
    Path directory;

    @Test
    void framesAndClosedConnectionsLeaveNothingInTheHeap() {
        try (TestServer server =
                TestServer.in(directory).with("notification.demo", "true").start()) {
            connections(server, 2 * AT_ONCE);
            frames(server, FRAMES / 2);
            long before = LiveHeap.of(server.pid()).bytes();

            connections(server, SOCKETS);
            long perFrame = frames(server, FRAMES);

            Awaitility.await("the heap to be as before")
                    .atMost(Duration.ofMinutes(2))
                    .pollInterval(Duration.ofSeconds(3))
                    .untilAsserted(() -> assertThat(LiveHeap.of(server.pid()).bytes() - before)
                            .as("bytes left by %d frames and %d connections, %d us a frame", FRAMES, SOCKETS, perFrame)
                            .isLessThan(MOST_LEFT));
            System.out.printf("%d frames and %d connections: %d us of CPU a frame%n", FRAMES, SOCKETS, perFrame);
        }
    }

    /**
     * This needs no login. Open Liberty does not limit the size of a frame, so the test sends a small one there. It is
     * freed with its connection.
     */
    @Test
    void unfinishedFramesAreFreedWithTheirConnections() throws IOException {
        boolean bounded = System.getProperty("notification.server", "payara").equals("payara");
        try (TestServer server = TestServer.in(directory).start()) {
            long before = LiveHeap.of(server.pid()).bytes();
            long lines = server.log().lines().count();
            List<BareWebSocket> strangers = new ArrayList<>();
            for (int i = 0; i < (bounded ? 200 : 10); i++) {
                strangers.add(BareWebSocket.unfinished(server.port(), Integer.MAX_VALUE, 4));
            }
            Awaitility.await("the frames to be gone")
                    .atMost(Duration.ofMinutes(2))
                    .pollInterval(Duration.ofSeconds(3))
                    .untilAsserted(() -> assertThat(LiveHeap.of(server.pid()).bytes() - before)
                            .isLessThan(MOST_OF_UNFINISHED));
            assertThat(server.status("/health/ready")).isEqualTo(200);
            assertThat(server.log().lines().count() - lines).isLessThan(100);
            strangers.forEach(BareWebSocket::close);
        }
    }

    /** Returns the processor time of each, in microseconds. */
    private static long frames(TestServer server, int count) {
        try (BareWebSocket socket = BareWebSocket.joined(server.port(), "alice", "alice")) {
            long before = server.cpuMicros();
            socket.pongs(count);
            return (server.cpuMicros() - before) / count;
        }
    }

    private static void connections(TestServer server, int sockets) {
        for (int opened = 0; opened < sockets; opened += AT_ONCE) {
            List<BareWebSocket> open = new ArrayList<>();
            for (int i = 0; i < AT_ONCE; i++) {
                open.add(BareWebSocket.joined(server.port(), "alice", "alice"));
            }
            open.forEach(BareWebSocket::leave);
        }
    }
}
