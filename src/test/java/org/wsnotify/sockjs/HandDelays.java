package org.wsnotify.sockjs;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.BiConsumer;

/** Delayed tasks that a test runs. */
final class HandDelays implements BiConsumer<Duration, Runnable> {

    private final Queue<Runnable> tasks = new ArrayDeque<>();

    @Override
    public void accept(Duration delay, Runnable task) {
        tasks.add(task);
    }

    /** Runs everything, also what is added meanwhile. */
    void pass() {
        while (!tasks.isEmpty()) {
            tasks.remove().run();
        }
    }
}
