package org.wsnotify.relay;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.wsnotify.notification.InboxChange;
import org.wsnotify.notification.Message;

/** Something that the sessions of users on another node must be told. Immutable. */
public sealed interface RelayEvent {

    /**
     * A publication to users of the node.
     *
     * @param publication the id of the publication's first notification
     * @param message what was published; empty if it is so long that the receiver reads it from the store
     * @param createdAt when it was published
     * @param after store time before it was stored: it was unseen at some time after this
     * @param items one for each notification
     */
    record Published(String publication, Optional<Message> message, Instant createdAt, Instant after, List<Item> items)
            implements RelayEvent {
        public Published {
            Objects.requireNonNull(publication, "publication");
            Objects.requireNonNull(message, "message");
            Objects.requireNonNull(createdAt, "createdAt");
            Objects.requireNonNull(after, "after");
            items = List.copyOf(items);
        }

        /** Returns this event with some of its notifications. */
        Published withItems(List<Item> some) {
            return new Published(publication, message, createdAt, after, some);
        }

        /** Returns this event without its message, which the receiver reads from the store. */
        Published withoutMessage() {
            return new Published(publication, Optional.empty(), createdAt, after, items);
        }
    }

    /**
     * One notification of a publication.
     *
     * @param held whether a mail to the user is held for a sign of life
     */
    record Item(String userId, String id, boolean held) {
        public Item {
            Objects.requireNonNull(userId, "userId");
            Objects.requireNonNull(id, "id");
        }
    }

    /** A user changed something, and the store has it. */
    record Changed(String userId, InboxChange change) implements RelayEvent {
        public Changed {
            Objects.requireNonNull(userId, "userId");
            Objects.requireNonNull(change, "change");
        }
    }

    /** All sessions of a user end, because the application that signed the user in said so. */
    record SessionsEnded(String userId) implements RelayEvent {
        public SessionsEnded {
            Objects.requireNonNull(userId, "userId");
        }
    }

    /** Something of a user may have changed in the store, but it is not known how. */
    record Doubted(String userId) implements RelayEvent {
        public Doubted {
            Objects.requireNonNull(userId, "userId");
        }
    }
}
