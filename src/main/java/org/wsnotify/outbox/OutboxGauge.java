package org.wsnotify.outbox;

import java.util.Optional;
import org.wsnotify.notification.StoreUnavailableException;

/**
 * What waited in the outbox when it was last counted: those who ask for the state of the server never wait for the
 * store.
 *
 * <p>Safe for use by many threads.
 */
public final class OutboxGauge {

    private final Outbox outbox;
    private volatile Optional<OutboxStatus> latest = Optional.empty();

    public OutboxGauge(Outbox outbox) {
        this.outbox = outbox;
    }

    /** Counts anew; may block on the store as long as that keeps trying. */
    public void refresh() {
        try {
            latest = Optional.of(outbox.status());
        } catch (StoreUnavailableException e) {
            latest = Optional.empty();
        }
    }

    /** The last count; empty while the store cannot be asked. */
    public Optional<OutboxStatus> latest() {
        return latest;
    }
}
