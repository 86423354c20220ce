package org.wsnotify.story;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * What happened to the mail about a notification. Immutable.
 *
 * @param at when that was decided; empty if it is not known
 * @param next when it is tried or judged next; empty if it is not
 * @param attempts how often the mail server was asked
 * @param answer what the mail server said; empty if nothing
 */
public record MailStory(Status status, Optional<Instant> at, Optional<Instant> next, int attempts, String answer) {

    /** What happened. */
    public enum Status {
        /** No mail was requested. */
        NONE,
        /** The publisher sent no address. */
        MISSING,
        /** The publisher sent an invalid address. */
        INVALID,
        /** The user seems to be present: it waits for a sign of life. */
        HELD,
        /** It waits for the mail server. */
        OWED,
        /** The mail server accepted it. */
        SENT,
        /** The mail server refused it. */
        REFUSED,
        /** It was not sent, because the user was present. */
        PRESENT,
        /** It was not sent, because the user had seen or deleted the notification. */
        SEEN,
        /** It was not sent, because the notification was retracted or replaced, or had expired. */
        RETRACTED,
        /** The mail server did not accept it within the time for retries. */
        DEAD,
        /** It is not known any more. */
        FORGOTTEN
    }

    public MailStory {
        Objects.requireNonNull(status, "status");
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(next, "next");
        Objects.requireNonNull(answer, "answer");
    }
}
