package org.wsnotify.embedded;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * The copying of the file, on a thread of its own.
 *
 * <p>An interrupt of a thread that reads the file closes it for all, and a server that stops interrupts its threads.
 * Nobody else knows this one. An interrupt of the caller, who waits for it, and the closing of the store only ask it to
 * end early. Safe for use by many threads.
 */
final class Copying {

    private final BooleanSupplier closed;
    private volatile boolean interrupted;

    /** @param closed whether the store is closed */
    Copying(BooleanSupplier closed) {
        this.closed = closed;
    }

    /** Does the work and returns when it has ended. To be called once. Throws what the work throws. */
    void run(Consumer<Copying> work) {
        interrupted = Thread.interrupted();
        FutureTask<Void> task = new FutureTask<>(() -> work.accept(this), null);
        Thread thread = new Thread(task, "copy of the embedded store");
        thread.setDaemon(true);
        try {
            thread.start();
            await(task);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void await(FutureTask<Void> task) {
        while (true) {
            try {
                task.get();
                return;
            } catch (InterruptedException e) {
                interrupted = true;
            } catch (ExecutionException e) {
                if (e.getCause() instanceof Error error) {
                    throw error;
                }
                throw (RuntimeException) e.getCause(); // a Consumer throws no others
            }
        }
    }

    /** Whether the copying shall end early. */
    boolean shallEnd() {
        return interrupted || closed.getAsBoolean();
    }

    /** To be called often. Throws {@link CopyEndedException} if the copying shall end early. */
    void requireWanted() {
        if (shallEnd()) {
            throw new CopyEndedException();
        }
    }
}
