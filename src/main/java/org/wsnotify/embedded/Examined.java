package org.wsnotify.embedded;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The result of examining some keys of a table in their order. Immutable.
 *
 * @param chosen those that passed a test
 * @param last the one that was examined last; empty if there were none
 * @param more whether there may be others behind it
 */
record Examined<K>(List<K> chosen, Optional<K> last, boolean more) {

    /**
     * Examines keys until enough have passed a test.
     *
     * @param most how many are chosen at most
     * @param more whether there may be others behind the last key
     */
    static <K> Examined<K> of(List<K> keys, Predicate<K> test, int most, boolean more) {
        List<K> chosen = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            if (test.test(keys.get(i))) {
                chosen.add(keys.get(i));
            }
            if (chosen.size() == most) {
                return new Examined<>(chosen, Optional.of(keys.get(i)), more || i + 1 < keys.size());
            }
        }
        return new Examined<>(chosen, keys.isEmpty() ? Optional.empty() : Optional.of(keys.get(keys.size() - 1)), more);
    }
}
