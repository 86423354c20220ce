package org.wsnotify.embedded;

import java.time.Instant;
import java.util.Optional;

/** The part of a kept notification that changes. */
record KeptState(boolean seen, Instant updatedAt) {

    static final RecordType<KeptState> TYPE = RecordType.value(
            KeptState[]::new,
            state -> 0,
            (out, state) -> out.flag(state.seen).time(state.updatedAt),
            in -> new KeptState(in.flag(), in.time()));

    /** Returns when it was marked seen; nothing else changes a notification that is kept. */
    Optional<Instant> seenAt() {
        return seen ? Optional.of(updatedAt) : Optional.empty();
    }
}
