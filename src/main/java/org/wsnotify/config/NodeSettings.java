package org.wsnotify.config;

import java.time.Duration;
import java.util.Optional;

/**
 * How several servers on one MongoDB work together.
 *
 * @param lease how long a server counts as living after it was last heard from
 * @param relayUri the MongoDB through which servers tell each other; empty: the one with the notifications
 */
record NodeSettings(Duration lease, Optional<String> relayUri) {

    private static final Duration SHORTEST = Duration.ofSeconds(3);
    private static final Duration LONGEST = Duration.ofMinutes(1);

    static NodeSettings read(SettingsReader reader) {
        NodeSettings settings = new NodeSettings(
                reader.duration(Setting.NODE_LEASE, SHORTEST, LONGEST), reader.optional(Setting.RELAY_URI));
        if (settings.relayUri().isPresent() && reader.given(Setting.MONGODB_URI).isEmpty()) {
            reader.fault(Setting.RELAY_URI.key() + " is set, but " + Setting.MONGODB_URI.key()
                    + " is not: without MongoDB there is one server only.");
        }
        return settings;
    }

    /** Returns a text without the URI, which may hold a password. */
    @Override
    public String toString() {
        return "NodeSettings[" + lease + "]";
    }
}
