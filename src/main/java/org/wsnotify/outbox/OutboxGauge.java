package org.wsnotify.outbox;

import java.util.Optional;
import org.wsnotify.notification.StoreUnavailableException;

/**
 * How much waited in an outbox when it was last counted. Reading the last count never waits for the store.
 *
 * <p>Safe for use by many threads.
 */
public final class OutboxGauge {

    private final Outbox<?> outbox;
    private volatile Optional<OutboxStatus> latest = Optional.empty();

    public OutboxGauge(Outbox<?> outbox) {
        this.outbox = outbox;
    }

    /** Counts again. May block for as long as the store retries. */
    public void refresh() {
        try {
            latest = Optional.of(outbox.status());
        } catch (StoreUnavailableException e) {
            latest = Optional.empty();
        }
    }

    /** Returns the last count; empty while the store is unavailable. */
    public Optional<OutboxStatus> latest() {
        return latest;
    }
}
