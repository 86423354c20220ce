package org.wsnotify.embedded;

import java.time.Instant;

/** The first claim of an idempotency key. */
record StoredKey(String fingerprint, String firstId, Instant claimedAt) {

    static final RecordType<StoredKey> TYPE = RecordType.value(
            StoredKey[]::new,
            key -> key.fingerprint.length() + key.firstId.length(),
            (out, key) -> out.text(key.fingerprint).text(key.firstId).time(key.claimedAt),
            in -> new StoredKey(in.text(), in.text(), in.time()));
}
