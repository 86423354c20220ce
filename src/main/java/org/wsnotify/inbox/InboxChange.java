package org.wsnotify.inbox;

import java.util.List;
import java.util.Optional;
import org.wsnotify.notification.UnseenCounts;
import org.wsnotify.session.Envelope;

/** What a user did with notifications, as all devices of the user are told. Immutable. */
public sealed interface InboxChange {

    /** Returns what the devices are told, with the counts after it where they are known. */
    Envelope envelope(Optional<UnseenCounts> counts);

    /** These notifications are unseen no more. */
    record MarkedSeen(List<String> ids) implements InboxChange {
        public MarkedSeen {
            ids = List.copyOf(ids);
        }

        @Override
        public Envelope envelope(Optional<UnseenCounts> counts) {
            return new Envelope.Seen(ids, Optional.empty(), counts);
        }
    }

    /**
     * Everything stored by then is unseen no more.
     *
     * @param newest the newest notification that the user keeps; empty when there is none
     */
    record MarkedAllSeen(Optional<String> newest) implements InboxChange {
        @Override
        public Envelope envelope(Optional<UnseenCounts> counts) {
            return new Envelope.Seen(List.of(), newest, counts);
        }
    }

    /** These notifications are gone. */
    record Removed(List<String> ids) implements InboxChange {
        public Removed {
            ids = List.copyOf(ids);
        }

        @Override
        public Envelope envelope(Optional<UnseenCounts> counts) {
            return new Envelope.Deleted(ids, counts);
        }
    }
}
