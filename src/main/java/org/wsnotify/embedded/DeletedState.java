package org.wsnotify.embedded;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.wsnotify.notification.RemovalReason;

/**
 * A notification that left the inbox.
 *
 * @param seenAt when it was marked seen; empty if it was not, or if it was deleted before format 5
 */
record DeletedState(boolean seen, Instant deletedAt, Optional<Instant> seenAt, RemovalReason reason) {

    private static final int FIRST_WITH_REASON = 5;

    /** In the order of their numbers. */
    private static final List<RemovalReason> REASONS =
            List.of(RemovalReason.DELETED, RemovalReason.RETRACTED, RemovalReason.REPLACED, RemovalReason.EXPIRED);

    static final RecordType<DeletedState> TYPE = RecordType.value(
            DeletedState[]::new,
            state -> 0,
            (out, state) -> out.flag(state.seen)
                    .time(state.deletedAt)
                    .optional(state.seenAt, FieldWriter::time)
                    .number(REASONS.indexOf(state.reason)),
            DeletedState::read);

    /** Returns the state of a notification that was kept. */
    static DeletedState of(KeptState kept, Instant deletedAt, RemovalReason reason) {
        return new DeletedState(kept.seen(), deletedAt, kept.seenAt(), reason);
    }

    private static DeletedState read(RecordReader in) {
        boolean seen = in.flag();
        Instant deletedAt = in.time();
        return in.version() < FIRST_WITH_REASON
                ? new DeletedState(seen, deletedAt, Optional.empty(), RemovalReason.DELETED)
                : new DeletedState(seen, deletedAt, in.optional(RecordReader::time), REASONS.get(in.number()));
    }
}
