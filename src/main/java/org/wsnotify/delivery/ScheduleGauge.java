package org.wsnotify.delivery;

import java.util.OptionalLong;
import org.wsnotify.notification.StoreUnavailableException;

/**
 * How many publications were scheduled when they were last counted. Reading the last count never waits for the store.
 *
 * <p>Safe for use by many threads.
 */
public final class ScheduleGauge {

    private final ScheduleStore store;
    private volatile OptionalLong latest = OptionalLong.empty();

    public ScheduleGauge(ScheduleStore store) {
        this.store = store;
    }

    /** Counts again. May block for as long as the store retries. */
    public void refresh() {
        try {
            latest = OptionalLong.of(store.size());
        } catch (StoreUnavailableException e) {
            latest = OptionalLong.empty();
        }
    }

    /** Returns the last count; empty while the store is unavailable. */
    public OptionalLong latest() {
        return latest;
    }
}
