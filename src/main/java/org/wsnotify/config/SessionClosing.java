package org.wsnotify.config;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.wsnotify.channel.CloseStatus;
import org.wsnotify.session.ClientSession;
import org.wsnotify.session.SessionRegistry;

/**
 * Closes all sessions of this server, spread over some seconds: clients that connect again would all do so at once.
 */
@ApplicationScoped
public class SessionClosing {

    private static final Duration STOPPING = Duration.ofSeconds(3);
    private static final Duration RESTARTING = Duration.ofSeconds(5);
    private static final Duration MAX_PAUSE = Duration.ofMillis(50);

    @Inject
    SessionRegistry registry;

    @Inject
    Threads threads;

    /** How many restarts are wanted: one more may be, while one is under way. */
    private final AtomicInteger restarts = new AtomicInteger();

    /** Closes all sessions, because the server stops. Returns when that is done. */
    void beforeStop() {
        close(registry.sessions(), CloseStatus.GOING_AWAY, STOPPING);
        registry.sessions().forEach(session -> session.close(CloseStatus.GOING_AWAY)); // opened meanwhile
    }

    /** Has all clients connect again, on a thread of its own: their sessions may have missed something. */
    void beginRestart() {
        if (restarts.getAndIncrement() == 0) {
            threads.thread(this::restart).start();
        }
    }

    private void restart() {
        int wanted;
        do {
            wanted = restarts.get();
            close(registry.sessions(), CloseStatus.SERVICE_RESTART, RESTARTING);
        } while (restarts.addAndGet(-wanted) > 0);
    }

    private static void close(Collection<ClientSession> sessions, CloseStatus status, Duration spread) {
        long pause = sessions.isEmpty() ? 0 : spread.toNanos() / sessions.size();
        for (ClientSession session : sessions) {
            session.close(status);
            LockSupport.parkNanos(Math.min(pause, MAX_PAUSE.toNanos()));
        }
    }
}
