package org.wsnotify.notification;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What a user did with notifications, as all devices of the user are told. Immutable. */
public sealed interface InboxChange {

    /** These notifications are unseen no more. */
    record MarkedSeen(List<String> ids) implements InboxChange {
        public MarkedSeen {
            ids = List.copyOf(ids);
        }
    }

    /**
     * Everything stored by then is unseen no more.
     *
     * @param newest the newest notification that the user keeps; empty when there is none
     */
    record MarkedAllSeen(Optional<String> newest) implements InboxChange {
        public MarkedAllSeen {
            Objects.requireNonNull(newest, "newest");
        }
    }

    /** These notifications are gone. */
    record Removed(List<String> ids) implements InboxChange {
        public Removed {
            ids = List.copyOf(ids);
        }
    }
}
