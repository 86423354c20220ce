package org.wsnotify.config;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;

/**
 * Stops the application as soon as the process is told to end (SIGTERM).
 *
 * <p>Open Liberty takes all connections away before it stops an application, so that no client could be told. But before that it waits, for up to 30 seconds, for what
 * its own threads are doing: so one of them waits for us. Payara stops applications first; there this stop and the server's come at the
 * same time, and whichever is second waits for the first.
 */
@ApplicationScoped
public class ProcessEnd {

    private static final System.Logger LOG = System.getLogger(ProcessEnd.class.getName());

    @Resource
    private ManagedExecutorService threadsOfTheServer;

    private Thread hook;

    /** Once, at start. */
    void stopFirst(Runnable stop) {
        hook = new Thread(() -> heldOpen(stop), "notification-stop");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** The application was stopped, and the process perhaps goes on. */
    void forget() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // the process ends: the hook is running, or it was
        }
    }

    private void heldOpen(Runnable stop) {
        CountDownLatch stopped = new CountDownLatch(1);
        holdServer(stopped);
        try {
            stop.run();
        } finally {
            stopped.countDown();
        }
    }

    private void holdServer(CountDownLatch stopped) {
        try {
            threadsOfTheServer.execute(() -> {
                try {
                    stopped.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
        } catch (RejectedExecutionException | IllegalStateException e) {
            LOG.log(System.Logger.Level.DEBUG, "the server does not wait for the stop: {0}", e.toString());
        }
    }
}
