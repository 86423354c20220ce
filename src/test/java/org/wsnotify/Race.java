package org.wsnotify;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/** Lets several threads do something at the same moment, and gives what each of them got. */
public final class Race {

    private static final long DEADLINE_SECONDS = 60;

    private Race() {}

    /** Every thread does the same. */
    public static <T> List<T> of(int threads, Callable<T> task) {
        return of(threads, thread -> task);
    }

    /** Each thread does its own; the first failure fails the race. */
    public static <T> List<T> of(int threads, IntFunction<Callable<T>> tasks) {
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            CyclicBarrier start = new CyclicBarrier(threads);
            List<Future<T>> running = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                Callable<T> task = tasks.apply(thread);
                running.add(executor.submit(() -> {
                    start.await(DEADLINE_SECONDS, TimeUnit.SECONDS);
                    return task.call();
                }));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> result : running) {
                results.add(result.get(DEADLINE_SECONDS, TimeUnit.SECONDS));
            }
            return results;
        } catch (Exception e) {
            throw new AssertionError("a thread failed: " + e, e);
        } finally {
            executor.shutdownNow();
        }
    }
}
