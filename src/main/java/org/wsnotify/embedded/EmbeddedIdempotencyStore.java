package org.wsnotify.embedded;

import java.time.Duration;
import java.time.Instant;
import org.wsnotify.delivery.IdempotencyStore;

/**
 * Keeps idempotency keys in the embedded file. When the file is opened at start, what the process before was at may be
 * claimed again at once.
 */
public final class EmbeddedIdempotencyStore implements IdempotencyStore {

    private final TableAccess<IdempotencyTables> idempotency;

    public EmbeddedIdempotencyStore(EmbeddedDatabase database) {
        this.idempotency = database.access(Tables::idempotency);
    }

    @Override
    public Claim claim(String key, String fingerprint, String firstId, Instant now, Duration lease) {
        long nowMillis = now.toEpochMilli();
        long leaseEnd = now.plus(lease).toEpochMilli();
        StoredKey fresh = new StoredKey(fingerprint, firstId, now);
        return idempotency.write(tables -> {
            StoredKey first = tables.keys().putIfAbsent(key, fresh);
            if (first == null) {
                tables.age().add(new TimeKey(nowMillis, key));
                first = fresh;
            } else if (!first.fingerprint().equals(fingerprint)) {
                return new Claim.Mismatch();
            }
            return claim(tables, key, first.firstId(), nowMillis, leaseEnd);
        });
    }

    private static Claim claim(IdempotencyTables tables, String key, String firstId, long now, long leaseEnd) {
        String answer = tables.answers().get(key);
        if (answer != null) {
            return new Claim.Answered(answer);
        }
        Long workingUntil = tables.working().get(key);
        if (workingUntil != null && workingUntil > now) {
            return new Claim.InProgress();
        }
        tables.working().put(key, leaseEnd);
        return new Claim.Granted(firstId);
    }

    @Override
    public void renew(String key, Instant leaseEnd) {
        idempotency.write(tables -> tables.working().replace(key, leaseEnd.toEpochMilli()));
    }

    @Override
    public void complete(String key, String answer) {
        idempotency.write(tables -> {
            if (tables.keys().containsKey(key)) {
                tables.answers().put(key, answer);
                tables.working().remove(key);
            }
            return null;
        });
    }

    @Override
    public void release(String key) {
        idempotency.write(tables -> tables.working().remove(key));
    }

    @Override
    public void forget(Instant before) {
        idempotency.removeBefore(before, IdempotencyTables::age, (tables, key) -> {
            tables.keys().remove(key);
            tables.working().remove(key);
            tables.answers().remove(key);
        });
    }

    /** Ends the claims of a process that is not there any more. */
    static void endLeases(IdempotencyTables tables) {
        tables.working().clear();
    }
}
