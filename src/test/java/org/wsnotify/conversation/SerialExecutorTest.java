package org.wsnotify.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.wsnotify.Background;

class SerialExecutorTest {

    private final Queue<Runnable> shared = new ArrayDeque<>();
    private final List<String> ran = new ArrayList<>();

    @Test
    void tasksRunInOrderAndOneAtATime() {
        SerialExecutor serial = new SerialExecutor(10);
        serial.offer(shared::add, () -> ran.add("a"));
        serial.offer(shared::add, () -> ran.add("b"));
        assertThat(shared).hasSize(1);

        shared.remove().run();
        assertThat(ran).containsExactly("a");
        shared.remove().run();
        assertThat(ran).containsExactly("a", "b");
        assertThat(shared).isEmpty();

        serial.offer(shared::add, () -> ran.add("c"));
        shared.remove().run();
        assertThat(ran).containsExactly("a", "b", "c");
    }

    @Test
    void tasksAboveTheLimitAreRefused() {
        SerialExecutor serial = new SerialExecutor(2);

        assertThat(serial.offer(shared::add, () -> {})).isTrue(); // starts at once
        assertThat(serial.offer(shared::add, () -> {})).isTrue();
        assertThat(serial.offer(shared::add, () -> {})).isTrue();
        assertThat(serial.offer(shared::add, () -> {})).isFalse();
    }

    @Test
    void taskThatCameWhileTheFirstWasRejectedRuns() {
        SerialExecutor serial = new SerialExecutor(10);

        boolean first = serial.offer(
                task -> {
                    assertThat(serial.offer(shared::add, () -> ran.add("b"))).isTrue();
                    reject(task);
                },
                () -> ran.add("a"));
        assertThat(first).isFalse();
        shared.remove().run();

        assertThat(ran).containsExactly("b");
        serial.offer(shared::add, () -> ran.add("c"));
        shared.remove().run();
        assertThat(ran).containsExactly("b", "c");
    }

    @Test
    void taskThatFailsDoesNotStopTheNext() {
        SerialExecutor serial = new SerialExecutor(10);
        serial.offer(shared::add, () -> {
            throw new StackOverflowError();
        });
        serial.offer(shared::add, () -> ran.add("b"));
        shared.remove().run();
        shared.remove().run();

        assertThat(ran).containsExactly("b");
    }

    @Test
    void taskThatIsNotReadyDelaysTheNext() {
        SerialExecutor serial = new SerialExecutor(10);
        List<Runnable> ready = new ArrayList<>();
        serial.offer(Runnable::run, ready::add, () -> ran.add("a"));
        serial.offer(Runnable::run, () -> ran.add("b"));
        assertThat(ran).isEmpty();

        ready.get(0).run();
        assertThat(ran).containsExactly("a", "b");
    }

    @Test
    void taskThatGoesOnDelaysTheNextUntilItEnds() {
        SerialExecutor serial = new SerialExecutor(10);
        List<Runnable> ends = new ArrayList<>();
        serial.offer(Runnable::run, ends::add);
        serial.offer(Runnable::run, () -> ran.add("b"));
        serial.offer(Runnable::run, ends::add);
        serial.offer(Runnable::run, () -> ran.add("d"));
        assertThat(ran).isEmpty();

        ends.get(0).run();
        ends.get(0).run();
        assertThat(ran).containsExactly("b");

        ends.get(1).run();
        assertThat(ran).containsExactly("b", "d");
    }

    @Test
    void acceptedTasksRunEvenIfTheServerStops() {
        SerialExecutor serial = new SerialExecutor(10);
        serial.offer(shared::add, () -> ran.add("a"));
        serial.offer(SerialExecutorTest::reject, () -> ran.add("b"));
        serial.offer(SerialExecutorTest::reject, Runnable::run, () -> ran.add("only an answer"));
        serial.offer(SerialExecutorTest::reject, () -> ran.add("c"));
        shared.remove().run();

        assertThat(ran).containsExactly("a", "b", "c");
    }

    @Test
    void manyTasksThatAreRejectedRunInOrder() {
        int many = 100_000;
        SerialExecutor serial = new SerialExecutor(many);
        List<Integer> order = new ArrayList<>();
        serial.offer(shared::add, () -> {});
        for (int i = 0; i < many; i++) {
            int number = i;
            assertThat(serial.offer(SerialExecutorTest::reject, () -> order.add(number)))
                    .isTrue();
        }
        shared.remove().run();

        assertThat(order).hasSize(many).isSorted();
        assertGoesOn(serial);
    }

    @Test
    void manyAnswersThatAreRejectedDelayNothing() {
        int many = 100_000;
        SerialExecutor serial = new SerialExecutor(many);
        serial.offer(shared::add, () -> {});
        for (int i = 0; i < many; i++) {
            serial.offer(SerialExecutorTest::reject, Runnable::run, () -> ran.add("only an answer"));
        }
        shared.remove().run();

        assertThat(ran).isEmpty();
        assertGoesOn(serial);
    }

    @Test
    void manyTasksThatEndAtOnceRunInOrder() {
        int many = 100_000;
        SerialExecutor serial = new SerialExecutor(many);
        List<Integer> order = new ArrayList<>();
        List<Runnable> ends = new ArrayList<>();
        serial.offer(Runnable::run, ends::add);
        for (int i = 0; i < many; i++) {
            int number = i;
            serial.offer(Runnable::run, () -> order.add(number));
        }
        ends.get(0).run();

        assertThat(order).hasSize(many).isSorted();
        assertGoesOn(serial);
    }

    @Test
    void rejectedTaskThatGoesOnDelaysTheNextUntilItEndsElsewhere() {
        SerialExecutor serial = new SerialExecutor(10);
        List<Runnable> ends = new ArrayList<>();
        serial.offer(shared::add, () -> {});
        serial.offer(SerialExecutorTest::reject, ends::add);
        serial.offer(Runnable::run, () -> ran.add("c"));
        shared.remove().run();
        assertThat(ran).isEmpty();

        Background.run(ends.get(0)).join();
        assertThat(ran).containsExactly("c");
        assertGoesOn(serial);
    }

    @Test
    void taskThatEndsElsewhereWhileItBeginsIsFollowedThere() {
        SerialExecutor serial = new SerialExecutor(10);
        serial.offer(shared::add, () -> {});
        serial.offer(SerialExecutorTest::reject, ended -> {
            Background.run(ended).join();
            ran.add("begun");
        });
        serial.offer(Runnable::run, () -> ran.add("next"));
        shared.remove().run();

        assertThat(ran).containsExactly("next", "begun");
        assertGoesOn(serial);
    }

    /** A session whose turn were lost would accept requests and never answer them. */
    private void assertGoesOn(SerialExecutor serial) {
        serial.offer(Runnable::run, () -> ran.add("later"));
        assertThat(ran).endsWith("later");
    }

    private static void reject(Runnable task) {
        throw new RejectedExecutionException();
    }

    @Test
    void tasksAreRefusedWhenTheServerStops() {
        SerialExecutor serial = new SerialExecutor(2);

        assertThat(serial.offer(
                        task -> {
                            throw new RejectedExecutionException();
                        },
                        () -> {}))
                .isFalse();
    }
}
