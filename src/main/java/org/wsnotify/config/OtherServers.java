package org.wsnotify.config;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.wsnotify.delivery.RelayedEvents;
import org.wsnotify.inbox.Devices;
import org.wsnotify.notification.StoreUnavailableException;
import org.wsnotify.outbox.PresenceConfirmation;
import org.wsnotify.outbox.PresenceReporter;
import org.wsnotify.presence.Node;
import org.wsnotify.presence.NodeListener;
import org.wsnotify.presence.Nodes;
import org.wsnotify.presence.Presence;
import org.wsnotify.presence.PresenceWriter;
import org.wsnotify.relay.RelayFollower;
import org.wsnotify.relay.RelayListener;

/** Reacts to what other servers do: what they tell, and that they die. */
@ApplicationScoped
public class OtherServers {

    private static final System.Logger LOG = System.getLogger(OtherServers.class.getName());
    private static final Duration AGAIN = Duration.ofSeconds(1);

    /** What a server stored longer than this before it was last heard of, it has told. */
    private static final Duration UNTOLD = Duration.ofMinutes(1);

    @Inject
    SessionClosing sessions;

    @Inject
    Threads threads;

    @Produces
    @Singleton
    RelayListener relayed(Devices devices, PresenceConfirmation confirmation, PresenceReporter reporter) {
        return new RelayedEvents(devices, confirmation, reporter, sessions::beginRestart);
    }

    @Produces
    @Singleton
    NodeListener nodeListener(
            RelayFollower follower, Devices devices, Presence presence, PresenceWriter presenceWriter) {
        return new NodeListener() {
            @Override
            public void seen(List<Node> others) {
                follower.seen(others);
            }

            @Override
            public void vanished(String node, Instant heardOf) {
                untilDone(() -> devices.pushWhatWasLeft(node, heardOf.minus(UNTOLD)));
            }

            @Override
            public void renamed() {
                presenceWriter.writeAgain();
                threads.later(Nodes.WARM_UP, () -> {
                    presence.open();
                    sessions.beginRestart();
                });
            }
        };
    }

    /** Runs a task apart from the lease, which must not wait for it. While the store is down, it is tried again. */
    private void untilDone(Runnable task) {
        threads.nodeTaskLater(Duration.ZERO, () -> tried(task));
    }

    private void tried(Runnable task) {
        try {
            task.run();
        } catch (StoreUnavailableException e) {
            threads.nodeTaskLater(AGAIN, () -> tried(task));
        } catch (RuntimeException | Error e) { // nobody else would see it
            LOG.log(System.Logger.Level.ERROR, "what a server left untold could not be pushed", e);
        }
    }
}
