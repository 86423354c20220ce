package org.wsnotify.embedded;

import java.time.Duration;
import org.wsnotify.HandClock;
import org.wsnotify.presence.NodeStore;
import org.wsnotify.presence.NodeStoreContract;

class EmbeddedNodeStoreTest extends NodeStoreContract {

    private final HandClock clock = new HandClock();

    @Override
    protected NodeStore emptyStore() {
        return new EmbeddedNodeStore(clock);
    }

    @Override
    protected void letPass(Duration time) {
        clock.pass(time);
    }
}
