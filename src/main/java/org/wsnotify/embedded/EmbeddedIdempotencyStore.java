package org.wsnotify.embedded;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
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
    public List<Claim> claim(List<Request> requests, Instant now, Duration lease) {
        long leaseEnd = now.plus(lease).toEpochMilli();
        return database.write(tables -> requests.stream()
                .map(request -> claim(tables, request, now, leaseEnd))
                .toList());
    }

    private static Claim claim(IdempotencyTables tables, Request request, Instant now, long leaseEnd) {
        long nowMillis = now.toEpochMilli();
        String id = idOf(tables, request.key());
        StoredKey fresh = new StoredKey(request.fingerprint(), request.firstId(), now);
        StoredKey first = tables.keys().putIfAbsent(id, fresh);
        if (first == null) {
            tables.age().add(new TimeKey(nowMillis, id));
            first = fresh;
        } else if (!first.fingerprint().equals(request.fingerprint())) {
            return new Claim.Mismatch();
        }
        return claim(tables, id, first.firstId(), nowMillis, leaseEnd);
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
    public void complete(Map<String, String> answers) {
        database.write(tables -> {
            answers.forEach((key, answer) -> complete(tables, idOf(tables, key), answer));
            return null;
        });
    }

    private static void complete(IdempotencyTables tables, String id, String answer) {
        if (tables.keys().containsKey(id)) {
            tables.answers().put(id, answer);
            tables.working().remove(id);
        }
    }

    @Override
    public void release(Collection<String> keys) {
        List<String> all = List.copyOf(keys);
        database.write(tables -> {
            all.forEach(key -> tables.working().remove(idOf(tables, key)));
            return null;
        });
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
