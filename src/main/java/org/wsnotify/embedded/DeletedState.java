package org.wsnotify.embedded;

import java.time.Instant;

/** A deleted notification: whether it was seen, and when it was deleted. */
record DeletedState(boolean seen, Instant deletedAt) {

    static final RecordType<DeletedState> TYPE = RecordType.value(
            DeletedState[]::new,
            state -> 0,
            (out, state) -> out.flag(state.seen).time(state.deletedAt),
            in -> new DeletedState(in.flag(), in.time()));
}
