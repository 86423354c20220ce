package org.wsnotify.embedded;

import java.util.List;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;

/**
 * The tables of {@link EmbeddedIdempotencyStore}.
 *
 * @param keys every idempotency key
 * @param age the keys by the time of their first claim
 * @param working the keys that are claimed and not answered, with the end of the lease
 * @param answers the keys that are answered, with the answer
 */
record IdempotencyTables(
        MVMap<String, StoredKey> keys, TimeIndex age, MVMap<String, Long> working, MVMap<String, String> answers) {

    static IdempotencyTables of(MVStore store) {
        return new IdempotencyTables(
                Tables.open(store, "idempotency.keys", Tables.TEXT, StoredKey.TYPE),
                Tables.index(store, "idempotency.age"),
                Tables.open(store, "idempotency.working", Tables.TEXT, Tables.NUMBER),
                Tables.open(store, "idempotency.answers", Tables.TEXT, Tables.TEXT));
    }

    List<MVMap<?, ?>> all() {
        return List.of(keys, age.map(), working, answers);
    }
}
