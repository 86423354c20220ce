package org.wsnotify.embedded;

import java.time.Duration;
import java.time.Instant;
import org.wsnotify.delivery.IdempotencyStore;
import org.wsnotify.digest.Sha256;

/**
 * Idempotency keys in the embedded file. They are stored as SHA-256, as in MongoDB: a key may be of any length and may
 * contain something confidential.
 *
 * <p>Earlier versions stored the key itself. Such a key is recognised until it is forgotten. Otherwise a request that
 * is repeated after an upgrade would be published twice.
 *
 * <p>When the file is opened at start, keys that the previous process had claimed can be claimed at once. Safe for use
 * by many threads.
 */
public final class EmbeddedIdempotencyStore implements IdempotencyStore {

    /** Begins with a character that no HTTP header has, so that no key of an earlier version looks like a hash. */
    private static final String HASHED = "\0sha256:";

    private final TableAccess<IdempotencyTables> database;

    public EmbeddedIdempotencyStore(EmbeddedDatabase database) {
        this.database = database.access(Tables::idempotency);
    }

    @Override
    public Claim claim(String key, String fingerprint, String firstId, Instant now, Duration lease) {
        long nowMillis = now.toEpochMilli();
        long leaseEnd = now.plus(lease).toEpochMilli();
        StoredKey fresh = new StoredKey(fingerprint, firstId, now);
        return database.write(tables -> {
            String id = idOf(tables, key);
            StoredKey first = tables.keys().putIfAbsent(id, fresh);
            if (first == null) {
                tables.age().add(new TimeKey(nowMillis, id));
                first = fresh;
            } else if (!first.fingerprint().equals(fingerprint)) {
                return new Claim.Mismatch();
            }
            return claim(tables, id, first.firstId(), nowMillis, leaseEnd);
        });
    }

    private static Claim claim(IdempotencyTables tables, String id, String firstId, long now, long leaseEnd) {
        String answer = tables.answers().get(id);
        if (answer != null) {
            return new Claim.Answered(answer);
        }
        Long workingUntil = tables.working().get(id);
        if (workingUntil != null && workingUntil > now) {
            return new Claim.InProgress();
        }
        tables.working().put(id, leaseEnd);
        return new Claim.Granted(firstId);
    }

    @Override
    public void renew(String key, Instant leaseEnd) {
        database.write(tables -> tables.working().replace(idOf(tables, key), leaseEnd.toEpochMilli()));
    }

    @Override
    public void complete(String key, String answer) {
        database.write(tables -> {
            String id = idOf(tables, key);
            if (tables.keys().containsKey(id)) {
                tables.answers().put(id, answer);
                tables.working().remove(id);
            }
            return null;
        });
    }

    @Override
    public void release(String key) {
        database.write(tables -> tables.working().remove(idOf(tables, key)));
    }

    @Override
    public void forget(Instant before) {
        database.removeBefore(before, IdempotencyTables::age, (tables, id) -> {
            tables.keys().remove(id);
            tables.working().remove(id);
            tables.answers().remove(id);
        });
    }

    /** Ends the claims of a process that died. */
    static void endLeases(IdempotencyTables tables) {
        tables.working().clear();
    }

    /** Returns the id under which a key is stored, or will be. */
    private static String idOf(IdempotencyTables tables, String key) {
        return tables.keys().containsKey(key) ? key : HASHED + Sha256.hex(key);
    }
}
