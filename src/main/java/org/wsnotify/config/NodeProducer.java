package org.wsnotify.config;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import org.wsnotify.presence.NodeLease;
import org.wsnotify.presence.NodeListener;
import org.wsnotify.presence.NodeStore;
import org.wsnotify.presence.Nodes;
import org.wsnotify.presence.Presence;
import org.wsnotify.presence.PresenceStore;
import org.wsnotify.presence.PresenceWriter;
import org.wsnotify.presence.StoreClock;
import org.wsnotify.presence.ThisNode;
import org.wsnotify.relay.Relay;
import org.wsnotify.relay.RelayFollower;
import org.wsnotify.relay.RelayListener;
import org.wsnotify.relay.RelayLog;
import org.wsnotify.relay.RelayReceiver;
import org.wsnotify.session.SessionRegistry;

/** Creates what makes several servers on one store act as one. */
@ApplicationScoped
public class NodeProducer {

    @Inject
    Settings settings;

    @Inject
    Threads threads;

    /** This server's own time, for what only this server compares. */
    @Produces
    @Singleton
    Clock clock() {
        return Clock.systemUTC();
    }

    /** The store's time, for what other servers read. */
    @Produces
    @Singleton
    @Typed(StoreClock.class)
    StoreClock storeClock(Clock own, NodeStore store) {
        return new StoreClock(own, store::time);
    }

    @Produces
    @Singleton
    ThisNode self() {
        return new ThisNode();
    }

    @Produces
    @Singleton
    Nodes nodes(ThisNode self, NodeStore store) {
        return new Nodes(self, store);
    }

    @Produces
    @Singleton
    PresenceWriter presenceWriter(ThisNode self, PresenceStore store, StoreClock clock) {
        return new PresenceWriter(self, store, clock, threads.nodeTasks());
    }

    @Produces
    @Singleton
    Presence presence(
            ThisNode self, PresenceStore store, Nodes nodes, PresenceWriter writer, SessionRegistry registry) {
        Presence presence = new Presence(self, store, nodes, writer);
        registry.listen(presence);
        return presence;
    }

    @Produces
    @Singleton
    Relay relay(ThisNode self, Presence presence, RelayLog log) {
        return new Relay(self, presence, log, threads.nodeTasks());
    }

    @Produces
    @Singleton
    RelayReceiver relayReceiver(ThisNode self, RelayLog log, RelayListener listener) {
        return new RelayReceiver(self, log, listener);
    }

    @Produces
    @Singleton
    RelayFollower relayFollower(ThisNode self, RelayLog log, RelayReceiver receiver) {
        return new RelayFollower(self, log, receiver);
    }

    @Produces
    @Singleton
    NodeLease nodeLease(
            ThisNode self,
            NodeStore store,
            PresenceStore presence,
            Nodes nodes,
            StoreClock clock,
            Relay relay,
            NodeListener listener) {
        return new NodeLease(
                self, store, presence, nodes, clock, settings.node().lease(), relay::sent, listener);
    }
}
