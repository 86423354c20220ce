package org.wsnotify.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.wsnotify.delivery.IdempotencyStore.Claim;
import org.wsnotify.delivery.IdempotencyStore.Request;

/** Claims and completes one idempotency key. */
public final class Keys {

    private Keys() {}

    public static Claim claim(
            IdempotencyStore store, String key, String fingerprint, String firstId, Instant now, Duration lease) {
        return store.claim(List.of(new Request(key, fingerprint, firstId)), now, lease)
                .get(0);
    }

    public static void complete(IdempotencyStore store, String key, String answer) {
        store.complete(Map.of(key, answer));
    }
}
