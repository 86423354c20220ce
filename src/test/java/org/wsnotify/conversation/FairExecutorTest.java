package org.wsnotify.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class FairExecutorTest {

    private final Queue<Runnable> threads = new ArrayDeque<>();
    private final List<String> ran = new ArrayList<>();
    private final FairExecutor executor = new FairExecutor(threads::add, 3, 2, 100);

    @Test
    void partyWithManyTasksDelaysAnotherByOnlyAFew() {
        for (int i = 0; i < 50; i++) {
            add("anna");
        }
        add("ben");

        assertThat(threads).hasSize(3); // two of anna's, and ben's at once
        runAll();
        assertThat(ran.indexOf("ben")).isEqualTo(2);
        assertThat(ran).hasSize(51);
    }

    @Test
    void partiesTakeTurns() {
        FairExecutor one = new FairExecutor(threads::add, 1, 1, 100);
        for (String party : List.of("a", "a", "a", "b", "b", "c")) {
            one.of(party).execute(() -> ran.add(party));
        }
        runAll();

        assertThat(ran).containsExactly("a", "b", "c", "a", "b", "a");
    }

    @Test
    void taskThatThrowsReleasesItsThread() {
        executor.of("anna").execute(() -> {
            throw new IllegalStateException("no");
        });
        add("anna");
        add("anna");
        Runnable failing = threads.remove();
        assertThatThrownBy(failing::run).isInstanceOf(IllegalStateException.class);
        runAll();

        assertThat(ran).hasSize(2);
    }

    @Test
    void taskWhoseThreadCannotBeStartedDoesNotHoldAPlace() {
        AtomicBoolean noThreads = new AtomicBoolean(true);
        FairExecutor one = new FairExecutor(
                task -> {
                    if (noThreads.get()) {
                        throw new OutOfMemoryError("unable to create native thread");
                    }
                    threads.add(task);
                },
                1,
                1,
                100);
        Executor anna = one.of("anna");
        assertThatThrownBy(() -> anna.execute(() -> ran.add("lost"))).isInstanceOf(OutOfMemoryError.class);

        noThreads.set(false);
        anna.execute(() -> ran.add("anna"));
        runAll();
        assertThat(ran).containsExactly("anna");
    }

    @Test
    void tasksAboveTheLimitAreRejected() {
        FairExecutor small = new FairExecutor(threads::add, 1, 1, 1);
        small.of("a").execute(() -> {});
        small.of("a").execute(() -> {});

        assertThatThrownBy(() -> small.of("b").execute(() -> {})).isInstanceOf(RejectedExecutionException.class);
    }

    @Test
    void executorIsIdleWhenNoTaskWaitsOrRuns() throws InterruptedException {
        add("anna");
        assertThat(executor.awaitIdle(Duration.ofMillis(10))).isFalse();

        runAll();
        assertThat(executor.awaitIdle(Duration.ofSeconds(10))).isTrue();
    }

    private void add(String party) {
        executor.of(party).execute(() -> ran.add(party));
    }

    private void runAll() {
        for (Runnable next = threads.poll(); next != null; next = threads.poll()) {
            next.run();
        }
    }
}
