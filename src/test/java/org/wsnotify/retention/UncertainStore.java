package org.wsnotify.retention;

import java.time.Instant;
import java.util.Optional;
import org.wsnotify.notification.StoreUnavailableException;
import org.wsnotify.notification.UncertainRemovalException;

/** A store that does what it is asked and then fails before it can answer, until it recovers. */
final class UncertainStore implements RetentionStore {

    private final RetentionStore store;
    private boolean failing = true;

    UncertainStore(RetentionStore store) {
        this.store = store;
    }

    void recover() {
        failing = false;
    }

    @Override
    public Swept expire(Instant now, int most) {
        return answer(store.expire(now, most));
    }

    @Override
    public Walked<AgePosition> removeDeleted(Types types, Instant before, Optional<AgePosition> after, int most) {
        return answer(store.removeDeleted(types, before, after, most));
    }

    @Override
    public Walked<AgePosition> removeSeen(Types types, Instant before, Optional<AgePosition> after, int most) {
        return answer(store.removeSeen(types, before, after, most));
    }

    @Override
    public Walked<String> removeOld(Types types, Instant before, Optional<String> after, int most) {
        return answer(store.removeOld(types, before, after, most));
    }

    private <P> Walked<P> answer(Walked<P> walked) {
        answer(walked.swept());
        return walked;
    }

    private Swept answer(Swept swept) {
        if (failing) {
            throw new UncertainRemovalException(swept.fromInboxes(), new StoreUnavailableException("down"));
        }
        return swept;
    }
}
