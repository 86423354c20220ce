package org.wsnotify.session;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.wsnotify.notification.Notification;
import org.wsnotify.notification.UnseenCounts;

/** What the server says to a client. Immutable; one envelope may go to many sessions. */
public sealed interface Envelope {

    /** The word on the wire. */
    String name();

    /**
     * The user's counts after what the envelope tells; empty when unknown at the moment: they follow in {@link Counts}.
     */
    default Optional<UnseenCounts> counts() {
        return Optional.empty();
    }

    /** The session belongs to a user from now on. */
    record Joined(String userId, UnseenCounts unseen) implements Envelope {
        @Override
        public String name() {
            return "joined";
        }
    }

    /**
     * Notifications: pushed, or asked for.
     *
     * @param answers what was asked for; empty for a push
     */
    record Notifications(List<Notification> items, Optional<Question> answers, Optional<UnseenCounts> counts)
            implements Envelope {
        public Notifications {
            items = List.copyOf(items);
            Objects.requireNonNull(answers, "answers");
            Objects.requireNonNull(counts, "counts");
        }

        /** A notification that was just published. */
        public static Notifications push(Notification notification, Optional<UnseenCounts> counts) {
            return new Notifications(List.of(notification), Optional.empty(), counts);
        }

        @Override
        public String name() {
            return "notification";
        }
    }

    /** What a client asked for, so that it can tell answers from pushes. */
    sealed interface Question {
        /** Everything unseen, oldest first. */
        record Unseen() implements Question {}

        /** A page, newest first, counted from 0. */
        record Page(int page) implements Question {}

        /** What is older than an id, newest first. */
        record Before(String id) implements Question {}
    }

    /**
     * Notifications were marked seen.
     *
     * @param upTo where everything was, the newest of them: then {@code ids} is empty
     */
    record Seen(List<String> ids, Optional<String> upTo, Optional<UnseenCounts> counts) implements Envelope {
        public Seen {
            ids = List.copyOf(ids);
            Objects.requireNonNull(upTo, "upTo");
            Objects.requireNonNull(counts, "counts");
        }

        @Override
        public String name() {
            return "seen";
        }
    }

    /** Notifications were deleted. */
    record Deleted(List<String> ids, Optional<UnseenCounts> counts) implements Envelope {
        public Deleted {
            ids = List.copyOf(ids);
            Objects.requireNonNull(counts, "counts");
        }

        @Override
        public String name() {
            return "delete";
        }
    }

    /** The user's counts, where no other envelope carried them. */
    record Counts(UnseenCounts unseen) implements Envelope {
        @Override
        public String name() {
            return "counts";
        }
    }

    /**
     * Something a client sent could not be done.
     *
     * @param code stable, for programs
     * @param message for people
     * @param request the name of the envelope that it answers; empty when it had none
     */
    record Failure(String code, String message, String request) implements Envelope {
        @Override
        public String name() {
            return "error";
        }
    }
}
