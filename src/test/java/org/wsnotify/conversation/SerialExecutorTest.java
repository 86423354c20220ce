package org.wsnotify.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

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
