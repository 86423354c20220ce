package org.wsnotify.embedded;

import java.time.Instant;

/** What changes about a notification that its user keeps. */
record KeptState(boolean seen, Instant updatedAt) {

    static final RecordType<KeptState> TYPE = RecordType.value(
            KeptState[]::new,
            state -> 0,
            (out, state) -> out.flag(state.seen).time(state.updatedAt),
            in -> new KeptState(in.flag(), in.time()));
}
