package org.wsnotify.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.wsnotify.notification.StoreUnavailableException;
import org.wsnotify.presence.Node;

class RelayFollowerTest {

    private static final String A = "aaaaaaaa";
    private static final long PATIENCE_SECONDS = 20;

    private final AtomicBoolean down = new AtomicBoolean();
    private final Semaphore failures = new Semaphore(0);
    private final AtomicBoolean streamless = new AtomicBoolean();
    private final MemoryRelayLog log = new MemoryRelayLog(() -> {
        if (down.get()) {
            failures.release();
            throw new StoreUnavailableException("down");
        }
    });
    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
    private volatile String self = "ffffffff";
    private final RelayReceiver receiver = new RelayReceiver(() -> self, log, new Telling());
    private final RelayFollower follower = new RelayFollower(() -> self, new WaitingLog(), receiver);
    private final Thread thread = new Thread(follower);

    /** The log, with streams that wait until they are closed or a moment has passed. */
    private final class WaitingLog implements RelayLog {
        @Override
        public void append(List<RelayDocument> documents) {
            log.append(documents);
        }

        @Override
        public List<RelayDocument> read(String to, String from, long after, int limit) {
            return log.read(to, from, after, limit);
        }

        @Override
        public RelayStream follow(String node) {
            RelayStream stream = log.follow(node);
            CountDownLatch closed = new CountDownLatch(1);
            return new RelayStream() {
                @Override
                public Received next() {
                    if (streamless.get()) {
                        throw new StoreUnavailableException("no stream");
                    }
                    Received received = stream.next();
                    try {
                        closed.await(received.documents().isEmpty() ? 20 : 0, TimeUnit.MILLISECONDS);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    return received;
                }

                @Override
                public void close() {
                    closed.countDown();
                    stream.close();
                }
            };
        }
    }

    private final class Telling implements RelayListener {
        @Override
        public void received(RelayEvent event) {
            told.add(((RelayEvent.Doubted) event).userId());
        }

        @Override
        public void lost() {
            told.add("lost");
        }
    }

    @AfterEach
    void stop() throws InterruptedException {
        follower.stop();
        thread.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
        assertThat(thread.isAlive()).isFalse();
    }

    private void append(long number) {
        log.append(List.of(
                new RelayDocument(self, A, number, false, List.of(new RelayEvent.Doubted(self + "/" + number)))));
    }

    private String nextTold() throws InterruptedException {
        return told.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private void seeOther(long sent) {
        follower.seen(List.of(new Node(A, true, Map.of(self, sent))));
    }

    @Test
    void documentsArriveAlsoAfterAnOutage() throws InterruptedException {
        thread.start();
        append(1);
        seeOther(1);
        assertThat(nextTold()).isEqualTo("ffffffff/1");
        down.set(true);
        log.breakStreams(self);
        assertThat(failures.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        down.set(false);
        append(2);
        seeOther(2);
        assertThat(nextTold()).isEqualTo("ffffffff/2");
    }

    @Test
    void logIsReadWhileTheStreamIsBroken() throws InterruptedException {
        streamless.set(true);
        thread.start();
        append(1);
        seeOther(1);

        assertThat(nextTold()).isEqualTo("ffffffff/1");
    }

    @Test
    void noticeOfTheOthersWaitsForTheStore() throws InterruptedException {
        append(1);
        down.set(true);
        seeOther(1);
        thread.start();
        assertThat(failures.tryAcquire(2, PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(told).isEmpty();
        down.set(false);

        assertThat(nextTold()).isEqualTo("ffffffff/1");
    }

    @Test
    void newIdIsFollowed() throws InterruptedException {
        thread.start();
        append(1);
        seeOther(1);
        assertThat(nextTold()).isEqualTo("ffffffff/1");
        self = "eeeeeeee";
        append(1);
        seeOther(1);
        assertThat(nextTold()).isEqualTo("eeeeeeee/1");
        append(2);
        assertThat(nextTold()).isEqualTo("eeeeeeee/2");
    }

    @Test
    void stopEndsAPauseAtOnce() throws InterruptedException {
        down.set(true);
        thread.start();
        assertThat(failures.tryAcquire(3, PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        follower.stop();
        thread.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));

        assertThat(thread.isAlive()).isFalse();
    }
}
