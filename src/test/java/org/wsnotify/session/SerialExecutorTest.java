package org.wsnotify.session;

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
        SerialExecutor serial = new SerialExecutor(shared::add, 10);
        serial.offer(() -> ran.add("a"));
        serial.offer(() -> ran.add("b"));
        assertThat(shared).hasSize(1);

        shared.remove().run();
        assertThat(ran).containsExactly("a");
        shared.remove().run();
        assertThat(ran).containsExactly("a", "b");
        assertThat(shared).isEmpty();

        serial.offer(() -> ran.add("c"));
        shared.remove().run();
        assertThat(ran).containsExactly("a", "b", "c");
    }

    @Test
    void moreThanMayWaitAreRefused() {
        SerialExecutor serial = new SerialExecutor(shared::add, 2);

        assertThat(serial.offer(() -> {})).isTrue(); // handed on at once
        assertThat(serial.offer(() -> {})).isTrue();
        assertThat(serial.offer(() -> {})).isTrue();
        assertThat(serial.offer(() -> {})).isFalse();
    }

    @Test
    void aServerThatStopsRefuses() {
        SerialExecutor serial = new SerialExecutor(
                task -> {
                    throw new RejectedExecutionException();
                },
                2);

        assertThat(serial.offer(() -> {})).isFalse();
    }
}
