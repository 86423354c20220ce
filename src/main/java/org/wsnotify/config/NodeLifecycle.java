package org.wsnotify.config;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.wsnotify.notification.StoreUnavailableException;
import org.wsnotify.presence.NodeLease;
import org.wsnotify.presence.Presence;
import org.wsnotify.presence.PresenceWriter;
import org.wsnotify.relay.Relay;
import org.wsnotify.relay.RelayFollower;

/**
 * Makes this server known to others on its store, and takes it away when it stops.
 *
 * <p>Users may join when all other servers know this one: at once, or after some seconds if there are others.
 */
@ApplicationScoped
public class NodeLifecycle {

    private static final System.Logger LOG = System.getLogger(NodeLifecycle.class.getName());
    private static final long BEAT_MILLIS = 1000;

    @Inject
    NodeLease lease;

    @Inject
    Presence presence;

    @Inject
    PresenceWriter presenceWriter;

    @Inject
    Relay relay;

    @Inject
    RelayFollower follower;

    @Inject
    Threads threads;

    /**
     * Registers this server.
     *
     * @param ready is called when users may join
     * @throws StoreUnavailableException if the store cannot be reached; calling again is safe
     */
    @SuppressWarnings("FutureReturnValueIgnored") // the task handles its own failures
    void begin(Runnable ready) {
        Duration wait = lease.begin();
        threads.thread(follower).start();
        threads.nodeTasks().scheduleWithFixedDelay(this::beat, BEAT_MILLIS, BEAT_MILLIS, TimeUnit.MILLISECONDS);
        if (wait.isZero()) {
            open(ready);
        } else {
            LOG.log(System.Logger.Level.INFO, "there are other servers: users may join in {0}", wait);
            threads.later(wait, () -> open(ready));
        }
    }

    private void open(Runnable ready) {
        presence.open();
        ready.run();
    }

    private void beat() {
        try {
            lease.beat();
        } catch (StoreUnavailableException e) {
            LOG.log(System.Logger.Level.DEBUG, "the lease of this server waits: {0}", e.getMessage());
        } catch (RuntimeException | Error e) { // the next beat must come, even after memory ran out
            LOG.log(System.Logger.Level.ERROR, "the lease of this server was not renewed", e);
        }
    }

    /** The sessions are about to be closed: their users will be back on another server. */
    void stopping() {
        presenceWriter.stopping();
    }

    /**
     * Tells the other servers what they must still know, and that this one has stopped.
     *
     * @param patience how long to wait at most
     */
    void end(Duration patience) {
        follower.stop();
        long end = System.nanoTime() + patience.toNanos();
        boolean told = relay.drain(patience);
        if (!told) {
            LOG.log(System.Logger.Level.WARNING, "stopped before other servers were told everything");
        }
        presenceWriter.drain(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
        threads.stopNodeTasks(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
        try {
            if (told) { // otherwise the others look for what is missing when the lease ends
                lease.end();
            }
        } catch (StoreUnavailableException e) { // the others find out when the lease ends
            LOG.log(System.Logger.Level.DEBUG, "the other servers were not told of the stop: {0}", e.getMessage());
        }
    }
}
