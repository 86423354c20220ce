package org.wsnotify;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Runs what blocks beside a test, each on a thread of its own.
 *
 * <p>The common pool is not for that: on a small machine it has one thread, and the HTTP client of the JDK needs it.
 */
public final class Background {

    private Background() {}

    /** Runs a task and returns its result. */
    public static <T> CompletableFuture<T> call(Supplier<T> task) {
        return CompletableFuture.supplyAsync(task, Background::start);
    }

    /** Runs a task. */
    public static CompletableFuture<Void> run(Runnable task) {
        return CompletableFuture.runAsync(task, Background::start);
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "background of a test");
        thread.setDaemon(true);
        thread.start();
    }
}
