package org.wsnotify.outbox;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Whether a mail that is due may be sent, and to whom. Immutable.
 *
 * @param entry the entry, with the outcome of the addressees who are known to be present
 * @param heldUntil until when it must wait, in store time and whole milliseconds; empty if it may be sent
 */
record Judgement(OutboxEntry<OwedMail> entry, Optional<Instant> heldUntil) {
    Judgement {
        Objects.requireNonNull(entry, "entry");
        Objects.requireNonNull(heldUntil, "heldUntil");
    }
}
