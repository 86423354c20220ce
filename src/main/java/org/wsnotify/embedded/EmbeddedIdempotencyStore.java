package org.wsnotify.embedded;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.wsnotify.delivery.IdempotencyStore;

/**
 * Keeps idempotency keys in the embedded file. When the file is opened at start, what the process before was at may be
 * claimed again at once.
 */
public final class EmbeddedIdempotencyStore implements IdempotencyStore {

    private static final int FORGOTTEN_AT_ONCE = 1_000;

    private final EmbeddedDatabase database;

    public EmbeddedIdempotencyStore(EmbeddedDatabase database) {
        this.database = database;
    }

    @Override
    public Claim claim(String key, String fingerprint, String firstId, Instant now, Duration lease) {
        long nowMillis = now.toEpochMilli();
        long leaseEnd = now.plus(lease).toEpochMilli();
        StoredKey fresh = new StoredKey(fingerprint, firstId, now);
        return database.write(tables -> {
            StoredKey first = tables.keys().putIfAbsent(key, fresh);
            if (first == null) {
                tables.keysByAge().put(new TimeKey(nowMillis, key), Tables.NOTHING);
                first = fresh;
            } else if (!first.fingerprint().equals(fingerprint)) {
                return new Claim.Mismatch();
            }
            return claim(tables, key, first.firstId(), nowMillis, leaseEnd);
        });
    }

    private static Claim claim(Tables tables, String key, String firstId, long now, long leaseEnd) {
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
        database.write(tables -> tables.working().replace(key, leaseEnd.toEpochMilli()));
    }

    @Override
    public void complete(String key, String answer) {
        database.write(tables -> {
            if (tables.keys().containsKey(key)) {
                tables.answers().put(key, answer);
                tables.working().remove(key);
            }
            return null;
        });
    }

    @Override
    public void release(String key) {
        database.write(tables -> tables.working().remove(key));
    }

    @Override
    public void forget(Instant before) {
        long beforeMillis = before.toEpochMilli();
        int forgotten;
        do {
            forgotten = database.write(tables -> forgetSome(tables, beforeMillis));
        } while (forgotten == FORGOTTEN_AT_ONCE);
    }

    /** Ends the claims of a process that is not there any more. */
    static void endLeases(Tables tables) {
        tables.working().clear();
    }

    private static int forgetSome(Tables tables, long beforeMillis) {
        List<TimeKey> old = new ArrayList<>();
        Iterator<TimeKey> keys = tables.keysByAge().keyIterator(null);
        while (old.size() < FORGOTTEN_AT_ONCE && keys.hasNext()) {
            TimeKey next = keys.next();
            if (next.millis() >= beforeMillis) {
                break;
            }
            old.add(next);
        }
        for (TimeKey key : old) {
            tables.keysByAge().remove(key);
            tables.keys().remove(key.id());
            tables.working().remove(key.id());
            tables.answers().remove(key.id());
        }
        return old.size();
    }
}
