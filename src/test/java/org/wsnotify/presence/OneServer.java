package org.wsnotify.presence;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import org.wsnotify.embedded.EmbeddedNodeStore;
import org.wsnotify.embedded.EmbeddedPresenceStore;
import org.wsnotify.embedded.EmbeddedRelayLog;
import org.wsnotify.relay.Relay;
import org.wsnotify.session.SessionRegistry;

/** What a test of one server needs to know of others: that there are none. */
public final class OneServer {

    /** Returns what a server knows that has had the stores for itself for an hour, and has just looked. */
    public static Presence longAlone(
            ThisNode self, NodeStore nodeStore, PresenceStore store, ScheduledExecutorService executor) {
        long[] nanos = {0};
        Nodes nodes = new Nodes(self, nodeStore, () -> nanos[0]);
        nanos[0] = Duration.ofHours(1).toNanos();
        nodes.refresh();
        StoreClock clock = StoreClocks.own(Clock.systemUTC());
        Presence presence = new Presence(self, store, nodes, new PresenceWriter(self, store, clock, executor));
        presence.open();
        return presence;
    }

    public final ThisNode self = new ThisNode();
    public final StoreClock storeClock;
    public final Presence presence;
    public final Relay relay;

    public OneServer(Clock clock, SessionRegistry registry, ScheduledExecutorService executor) {
        storeClock = StoreClocks.own(clock);
        Nodes nodes = new Nodes(self, new EmbeddedNodeStore(clock));
        EmbeddedPresenceStore store = new EmbeddedPresenceStore(clock);
        presence = new Presence(self, store, nodes, new PresenceWriter(self, store, storeClock, executor));
        registry.listen(presence);
        presence.open();
        relay = new Relay(self, presence, new EmbeddedRelayLog(), executor);
    }

    /** The server gets a new id, which others do not know yet: nobody can be announced. */
    public void loseId() {
        self.take(self.candidate());
    }
}
