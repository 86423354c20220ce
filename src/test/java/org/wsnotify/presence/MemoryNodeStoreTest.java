package org.wsnotify.presence;

import java.time.Duration;
import org.wsnotify.HandClock;

class MemoryNodeStoreTest extends NodeStoreContract {

    private final HandClock clock = new HandClock();

    @Override
    protected NodeStore emptyStore() {
        return new MemoryNodeStore(clock);
    }

    @Override
    protected void letPass(Duration time) {
        clock.pass(time);
    }
}
