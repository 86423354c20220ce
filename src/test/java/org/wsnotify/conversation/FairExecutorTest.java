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
import org.junit.jupiter.api.Test;
import org.wsnotify.login.LoggedLines;

class FairExecutorTest {

    /** Stands for an OutOfMemoryError, which would end the run of all tests if it escaped. */
    private final Error noThreads = new InternalError("unable to create native thread");

    private final Queue<Runnable> threads = new ArrayDeque<>();
    private final List<String> ran = new ArrayList<>();

    /** Why no thread can be started; null if one can. */
    private Throwable failure;

    private int startsUntilShutDown = -1;

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
    void taskThatThrowsReleasesItsThreadAndIsLogged() {
        executor.of("anna").execute(() -> {
            throw new IllegalStateException("no");
        });
        add("anna");
        add("anna");
        try (LoggedLines log = new LoggedLines(FairExecutor.class)) {
            runAll();
            assertThat(log.lines()).containsExactly("a task failed");
        }

        assertThat(ran).hasSize(2);
        assertIdle(executor);
    }

    @Test
    void taskForWhichNoThreadCanBeStartedIsRejectedAndHoldsNoPlace() {
        FairExecutor one = new FairExecutor(this::startThread, 1, 1, 100);
        Executor anna = one.of("anna");
        failure = noThreads;
        try (LoggedLines log = new LoggedLines(FairExecutor.class)) {
            assertThatThrownBy(() -> anna.execute(() -> ran.add("rejected")))
                    .isInstanceOf(RejectedExecutionException.class)
                    .hasCause(noThreads);
            assertThat(log.lines())
                    .containsExactly("a task was rejected, because no thread can be started: " + noThreads);
        }
        assertIdle(one);

        failure = null;
        anna.execute(() -> ran.add("anna"));
        runAll();
        assertThat(ran).containsExactly("anna");
        assertIdle(one);
    }

    @Test
    void tasksWaitForThoseThatRunIfNoThreadCanBeStarted() {
        FairExecutor two = new FairExecutor(this::startThread, 2, 1, 100);
        two.of("anna").execute(() -> ran.add("anna"));
        failure = noThreads;
        two.of("ben").execute(() -> ran.add("ben"));
        two.of("carl").execute(() -> ran.add("carl"));
        two.of("ben").execute(() -> ran.add("ben"));
        two.of("anna").execute(() -> ran.add("anna"));
        assertThat(threads).hasSize(1);

        runAll();
        assertThat(ran).containsExactly("anna", "ben", "carl", "anna", "ben");
        assertIdle(two);
    }

    @Test
    void noTaskOfOthersIsLostIfTheThreadOfANewOneCannotBeStarted() {
        FairExecutor two = new FairExecutor(this::startThread, 2, 2, 100);
        two.of("anna").execute(() -> ran.add("anna"));
        failure = noThreads;
        two.of("ben").execute(() -> ran.add("ben"));

        failure = null;
        two.of("carl").execute(() -> ran.add("carl"));
        assertThat(threads).as("anna and ben, who came before carl").hasSize(2);
        runAll();
        assertThat(ran).containsExactly("anna", "ben", "carl");
        assertIdle(two);
    }

    @Test
    void manyTasksRunOneAfterAnotherIfNoThreadCanBeStarted() {
        int many = 100_000;
        FairExecutor two = new FairExecutor(this::startThread, 2, 2, many);
        two.of("anna").execute(() -> {
            throw new IllegalStateException("no");
        });
        failure = noThreads;
        for (int i = 0; i < many; i++) {
            two.of("party " + i % 7).execute(() -> ran.add("ran"));
        }
        runAll();

        assertThat(ran).hasSize(many);
        assertIdle(two);
    }

    @Test
    void whatWaitsWhenTheThreadsAreShutDownIsRejectedOrLogged() {
        FairExecutor one = new FairExecutor(this::startThread, 1, 1, 100);
        one.of("anna").execute(() -> ran.add("anna"));
        one.of("anna").execute(() -> ran.add("dropped"));
        one.of("ben").execute(() -> ran.add("dropped"));
        failure = new RejectedExecutionException("shut down");
        try (LoggedLines log = new LoggedLines(FairExecutor.class)) {
            runAll();
            assertThat(log.lines()).containsExactly("2 waiting tasks were dropped, because the server stops");
        }
        assertThatThrownBy(() -> one.of("anna").execute(() -> ran.add("rejected")))
                .isInstanceOf(RejectedExecutionException.class);

        assertThat(ran).containsExactly("anna");
        assertIdle(one);
    }

    @Test
    void newTaskIsRejectedWhenTheThreadsAreShutDown() {
        FairExecutor two = new FairExecutor(this::startThread, 2, 2, 100);
        two.of("anna").execute(() -> ran.add("anna"));
        failure = new RejectedExecutionException("shut down");
        assertThatThrownBy(() -> two.of("anna").execute(() -> ran.add("rejected")))
                .isSameAs(failure);
        runAll();

        assertThat(ran).containsExactly("anna");
        assertIdle(two);
    }

    @Test
    void newTaskThatWasStartedIsNotRejectedWithOlderOnes() {
        FairExecutor four = new FairExecutor(this::startThread, 4, 2, 100);
        four.of("anna").execute(() -> ran.add("anna"));
        failure = noThreads;
        four.of("ben").execute(() -> ran.add("ben"));
        four.of("ben").execute(() -> ran.add("dropped"));
        failure = null;
        startsUntilShutDown = 2;
        four.of("carl").execute(() -> ran.add("carl"));
        runAll();

        assertThat(ran).containsExactly("anna", "ben", "carl");
        assertIdle(four);
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

    private void startThread(Runnable task) {
        if (startsUntilShutDown-- == 0) {
            throw new RejectedExecutionException("shut down");
        }
        if (failure instanceof RejectedExecutionException rejection) {
            throw rejection;
        }
        if (failure instanceof Error error) {
            throw error;
        }
        threads.add(task);
    }

    private static void assertIdle(FairExecutor executor) {
        try {
            assertThat(executor.awaitIdle(Duration.ZERO)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
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
