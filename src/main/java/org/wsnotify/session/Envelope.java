package org.wsnotify.session;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.wsnotify.notification.Notification;
import org.wsnotify.notification.UnseenCounts;

/** A message of the server to a client. Immutable; one envelope may go to many sessions. */
public sealed interface Envelope {

    /** Returns the name on the wire. */
    String name();

    /**
     * Returns the user's counts after what the envelope reports. Empty if they are not known yet; they then follow in
     * {@link Counts}.
     */
    default Optional<UnseenCounts> counts() {
        return Optional.empty();
    }

    /** The join has succeeded: the session belongs to a user now. */
    record Joined(String userId, UnseenCounts unseen) implements Envelope {
        @Override
        public String name() {
            return "joined";
        }
    }

    /**
     * Notifications, pushed or requested.
     *
     * @param answers the question they answer; empty for a push
     * @param more whether there are older ones; empty if the client did not bound the answer
     */
    record Notifications(
            List<Notification> items, Optional<Question> answers, Optional<Boolean> more, Optional<UnseenCounts> counts)
            implements Envelope {
        public Notifications {
            items = List.copyOf(items);
            Objects.requireNonNull(answers, "answers");
            Objects.requireNonNull(more, "more");
            Objects.requireNonNull(counts, "counts");
        }

        /** Without a bound by the client. */
        public Notifications(List<Notification> items, Optional<Question> answers, Optional<UnseenCounts> counts) {
            this(items, answers, Optional.empty(), counts);
        }

        /** Returns the push of a notification that was just published. */
        public static Notifications push(Notification notification, Optional<UnseenCounts> counts) {
            return new Notifications(List.of(notification), Optional.empty(), counts);
        }

        @Override
        public String name() {
            return "notification";
        }
    }

    /** What a client asked for. It tells the client answers from pushes. */
    sealed interface Question {
        /** Everything unseen, oldest first; or the newest of it, newest first, if the client bounds the answer. */
        record Unseen() implements Question {}

        /** What is unseen and older than an id, newest first. */
        record UnseenBefore(String id) implements Question {}

        /** A page, newest first, counted from 0. */
        record Page(int page) implements Question {}

        /** Notifications older than an id, newest first. */
        record Before(String id) implements Question {}
    }

    /**
     * Notifications were marked seen.
     *
     * @param upTo the newest of them if all were marked; {@code ids} is empty then
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

    /** The user's counts, if no other envelope has carried them. */
    record Counts(UnseenCounts unseen) implements Envelope {
        @Override
        public String name() {
            return "counts";
        }
    }

    /** The sign of life that a client asked for. */
    record Pong() implements Envelope {
        @Override
        public String name() {
            return "pong";
        }
    }

    /**
     * The login ends soon. The client keeps its session if it sends new credentials before.
     *
     * @param end when the session ends
     */
    record LoginEnding(Instant end) implements Envelope {
        @Override
        public String name() {
            return "token-expiring";
        }
    }

    /**
     * The login was refreshed: the session goes on.
     *
     * @param end when it ends now; empty if it does not end by itself
     */
    record Refreshed(Optional<Instant> end) implements Envelope {
        public Refreshed {
            Objects.requireNonNull(end, "end");
        }

        @Override
        public String name() {
            return "refreshed";
        }
    }

    /**
     * A request of the client has failed.
     *
     * @param code stable, for programs
     * @param message for people
     * @param request the name of the request; empty if it had none
     */
    record Failure(String code, String message, String request) implements Envelope {
        @Override
        public String name() {
            return "error";
        }
    }
}
