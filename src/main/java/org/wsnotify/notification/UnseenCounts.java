package org.wsnotify.notification;

import java.util.HashMap;
import java.util.Map;

/**
 * How many notifications a user has not seen.
 *
 * @param total exact below the cap; the cap when there are as many or more
 * @param byType the same by type; sums up to {@code total}; no type with none
 * @param capped whether there are more than {@code total}
 */
public record UnseenCounts(int total, Map<String, Integer> byType, boolean capped) {

    /** Nothing unseen. */
    public static final UnseenCounts NONE = new UnseenCounts(0, Map.of(), false);

    public UnseenCounts {
        byType = Map.copyOf(byType);
    }

    /** These counts after one more notification of a type. */
    public UnseenCounts plus(String type, int cap) {
        if (total >= cap) {
            return capped ? this : new UnseenCounts(total, byType, true);
        }
        return new UnseenCounts(total + 1, plus(byType, type), false);
    }

    private static Map<String, Integer> plus(Map<String, Integer> byType, String type) {
        int more = byType.getOrDefault(type, 0) + 1;
        if (byType.size() == (more == 1 ? 0 : 1)) {
            // Nearly always: one type, or none yet. This is done once for each recipient.
            return Map.of(type, more);
        }
        Map<String, Integer> all = new HashMap<>(byType);
        all.put(type, more);
        return all;
    }
}
