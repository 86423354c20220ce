package org.wsnotify.retention;

import java.util.Objects;

/**
 * How long notifications are kept. Immutable.
 *
 * @param deleted after they left the inbox
 * @param seen after their user marked them seen
 * @param all after they were published
 */
public record RetentionRules(KeepTimes deleted, KeepTimes seen, KeepTimes all) {

    public RetentionRules {
        Objects.requireNonNull(deleted, "deleted");
        Objects.requireNonNull(seen, "seen");
        Objects.requireNonNull(all, "all");
    }

    /** Returns whether seen notifications are removed after a time. */
    public boolean removeSeen() {
        return !seen.rules().isEmpty();
    }

    /** Returns the rules in one sentence, for the log. */
    public String sentence() {
        return "notifications are kept: all " + all + "; seen ones " + seen + "; deleted ones " + deleted;
    }
}
