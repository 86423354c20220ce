package org.wsnotify.meter;

import java.util.Optional;
import java.util.function.Supplier;
import org.wsnotify.notification.StoreUnavailableException;

/**
 * What a store answered when it was last asked, such as how much waits in it. Reading the last answer never waits for
 * the store.
 *
 * <p>Safe for use by many threads.
 *
 * @param <T> the answer, which is immutable
 */
public final class StoreGauge<T> {

    private final Supplier<T> question;
    private volatile Optional<T> latest = Optional.empty();

    /** @param question asks the store; throws {@link StoreUnavailableException} if that fails */
    public StoreGauge(Supplier<T> question) {
        this.question = question;
    }

    /** Asks again. May block for as long as the store retries. */
    public void refresh() {
        try {
            latest = Optional.of(question.get());
        } catch (StoreUnavailableException e) {
            latest = Optional.empty();
        }
    }

    /** Returns the last answer; empty before the first, and while the store is unavailable. */
    public Optional<T> latest() {
        return latest;
    }
}
