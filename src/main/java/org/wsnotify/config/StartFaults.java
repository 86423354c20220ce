package org.wsnotify.config;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/**
 * What keeps the application from starting, in sentences for the operator.
 *
 * <p>Nothing is thrown while the parts are made: a server would say it in hundreds of lines, and would name the first
 * fault only. A part that cannot work is replaced by one that does nothing, and {@link Startup} says what is here and
 * lets nobody in. Safe for use by many threads.
 */
@ApplicationScoped
public class StartFaults {

    private final List<String> sentences = new CopyOnWriteArrayList<>();

    /**
     * Makes a part.
     *
     * @param part may throw a {@link SettingsException}
     * @param instead then takes its place
     */
    <T> T noting(Supplier<T> part, Supplier<T> instead) {
        try {
            return part.get();
        } catch (SettingsException e) {
            sentences.addAll(e.sentences());
            return instead.get();
        }
    }

    /** The same for a part that has effects outside: it is not made when something is at fault already. */
    <T> T unlessAny(Supplier<T> part, Supplier<T> instead) {
        return sentences.isEmpty() ? noting(part, instead) : instead.get();
    }

    /** Empty: the application may start. */
    List<String> sentences() {
        return List.copyOf(sentences);
    }
}
