package org.wsnotify.delivery;

import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.wsnotify.notification.StoreRefusedException;
import org.wsnotify.notification.StoreUnavailableException;

/**
 * Does for several publications at once what each would cost a round trip to the store.
 *
 * <p>If the store does not accept something of one of them, the others must not fail with it. So each is then done by
 * itself; the steps can be repeated. A store that cannot be reached is not asked for each again.
 */
final class JointStep {

    private JointStep() {}

    /**
     * @param step is given all items, or one of them
     * @param failed is told of each item whose step failed
     */
    static <T> void run(List<T> items, Consumer<List<T>> step, BiConsumer<T, Throwable> failed) {
        if (items.isEmpty()) {
            return;
        }
        Optional<Throwable> failure = failureOf(step, items);
        if (failure.isPresent() && (items.size() == 1 || isOutage(failure.get()))) {
            items.forEach(item -> failed.accept(item, failure.get()));
        } else if (failure.isPresent()) {
            oneByOne(items, step, failed);
        }
    }

    /** Does the step for each item by itself, until one fails because the store cannot be reached. */
    static <T> void oneByOne(List<T> items, Consumer<List<T>> step, BiConsumer<T, Throwable> failed) {
        Optional<Throwable> outage = Optional.empty();
        for (T item : items) {
            Optional<Throwable> failure = outage.isPresent() ? outage : failureOf(step, List.of(item));
            failure.ifPresent(why -> failed.accept(item, why));
            outage = failure.filter(JointStep::isOutage);
        }
    }

    private static <T> Optional<Throwable> failureOf(Consumer<List<T>> step, List<T> items) {
        try {
            step.accept(items);
            return Optional.empty();
        } catch (RuntimeException | Error e) { // whoever waits for an answer must be told
            return Optional.of(e);
        }
    }

    private static boolean isOutage(Throwable failure) {
        return failure instanceof StoreUnavailableException && !(failure instanceof StoreRefusedException);
    }
}
