package org.wsnotify.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ScheduledExecutorService;

/** Tasks that were scheduled, and run when a test says so. For one thread. */
final class HandRunTasks {

    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final List<Long> delays = new ArrayList<>();

    ScheduledExecutorService executor() {
        return (ScheduledExecutorService) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {ScheduledExecutorService.class},
                (proxy, method, arguments) -> {
                    assertThat(method.getName()).isEqualTo("schedule");
                    tasks.add((Runnable) arguments[0]);
                    delays.add((Long) arguments[1]);
                    return null;
                });
    }

    /** Returns the delays in milliseconds of all tasks until now. */
    List<Long> delays() {
        return delays;
    }

    int waiting() {
        return tasks.size();
    }

    /** Runs the next task, if there is one. */
    void runNext() {
        Runnable next = tasks.poll();
        if (next != null) {
            next.run();
        }
    }

    void runAll() {
        while (!tasks.isEmpty()) {
            runNext();
        }
    }
}
