package org.wsnotify.presence;

import java.time.Clock;
import org.wsnotify.notification.StoreUnavailableException;

/** Clocks of stores for tests of one server. */
public final class StoreClocks {

    private StoreClocks() {}

    /** Returns a store clock that is the server's own, since the store does not tell its time. */
    public static StoreClock own(Clock clock) {
        return new StoreClock(clock, () -> {
            throw new StoreUnavailableException("the store does not tell its time");
        });
    }
}
