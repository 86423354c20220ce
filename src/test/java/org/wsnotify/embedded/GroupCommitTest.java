package org.wsnotify.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class GroupCommitTest {

    private final AtomicLong changes = new AtomicLong();
    private final AtomicInteger writes = new AtomicInteger();
    private final CountDownLatch diskIsSlow = new CountDownLatch(1);

    @Test
    void callersDuringAWriteShareTheNextOne() throws Exception {
        GroupCommit commits = new GroupCommit(this::slowWrite);
        List<Thread> threads = new ArrayList<>();
        threads.add(changing(commits));
        await().until(() -> writes.get() == 1);
        for (int i = 0; i < 7; i++) {
            threads.add(changing(commits));
        }
        await().until(() -> threads.stream().allMatch(thread -> thread.getState() == Thread.State.WAITING));

        diskIsSlow.countDown();
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(writes).hasValue(2);
    }

    @Test
    void aDurableChangeIsNotWrittenAgain() {
        diskIsSlow.countDown();
        GroupCommit commits = new GroupCommit(this::slowWrite);
        commits.await(changes.addAndGet(2));

        commits.await(1);

        assertThat(writes).hasValue(1);
    }

    @Test
    void aFailedWriteIsThrownAndDoesNotBlockTheNext() {
        diskIsSlow.countDown();
        UncheckedIOException full = new UncheckedIOException(new IOException("disk full"));
        GroupCommit commits = new GroupCommit(() -> {
            if (writes.incrementAndGet() == 1) {
                throw full;
            }
            return changes.get();
        });
        long change = changes.incrementAndGet();

        assertThatThrownBy(() -> commits.await(change)).isSameAs(full);
        commits.await(change);

        assertThat(writes).hasValue(2);
    }

    private Thread changing(GroupCommit commits) {
        Thread thread = new Thread(() -> commits.await(changes.incrementAndGet()));
        thread.start();
        return thread;
    }

    private long slowWrite() {
        long upTo = changes.get();
        writes.incrementAndGet();
        try {
            diskIsSlow.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        return upTo;
    }
}
