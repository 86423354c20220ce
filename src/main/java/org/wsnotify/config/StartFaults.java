package org.wsnotify.config;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/**
 * Collects what prevents the start of the application, in sentences for the operator.
 *
 * <p>Producers must not throw: a server would log the exception in hundreds of lines, and only the first fault.
 * Instead, a part that cannot work is replaced by one that does nothing. {@link Startup} then logs all faults and
 * refuses all requests. Safe for use by many threads.
 */
@ApplicationScoped
public class StartFaults {

    private final List<String> sentences = new CopyOnWriteArrayList<>();

    /**
     * Creates a part.
     *
     * @param part may throw a {@link SettingsException}, which is recorded
     * @param instead creates its replacement in that case
     */
    <T> T noting(Supplier<T> part, Supplier<T> instead) {
        try {
            return part.get();
        } catch (SettingsException e) {
            sentences.addAll(e.sentences());
            return instead.get();
        }
    }

    /** Creates a part that has effects outside, such as files, but only if there is no fault so far. */
    <T> T unlessAny(Supplier<T> part, Supplier<T> instead) {
        return sentences.isEmpty() ? noting(part, instead) : instead.get();
    }

    /** Returns all faults; empty if the application can start. */
    List<String> sentences() {
        return List.copyOf(sentences);
    }
}
