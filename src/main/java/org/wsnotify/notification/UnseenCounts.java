package org.wsnotify.notification;

import java.util.HashMap;
import java.util.Map;

/**
 * How many notifications a user has not seen.
 *
 * @param total the number of unseen notifications, but no more than the cap
 * @param byType the number for each type that has any; the sum is {@code total}
 * @param capped whether there are more than {@code total}
 */
public record UnseenCounts(int total, Map<String, Integer> byType, boolean capped) {

    /** The counts of a user without unseen notifications. */
    public static final UnseenCounts NONE = new UnseenCounts(0, Map.of(), false);

    public UnseenCounts {
        byType = Map.copyOf(byType);
    }

    /** Returns these counts after one more notification of a type. */
    public UnseenCounts plus(String type, int cap) {
        if (total >= cap) {
            return capped ? this : new UnseenCounts(total, byType, true);
        }
        return new UnseenCounts(total + 1, plus(byType, type), false);
    }

    private static Map<String, Integer> plus(Map<String, Integer> byType, String type) {
        int more = byType.getOrDefault(type, 0) + 1;
        if (byType.size() == (more == 1 ? 0 : 1)) {
            // Fast path: this runs once for each recipient, and nearly always there is at most one type.
            return Map.of(type, more);
        }
        Map<String, Integer> all = new HashMap<>(byType);
        all.put(type, more);
        return all;
    }
}
