package org.wsnotify.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wsnotify.delivery.IdempotencyStore;
import org.wsnotify.delivery.IdempotencyStore.Claim;
import org.wsnotify.delivery.IdempotencyStoreContract;
import org.wsnotify.delivery.Keys;

class EmbeddedIdempotencyStoreTest extends IdempotencyStoreContract {

    private static final Instant NOW = Instant.parse("2026-03-04T05:06:07.089Z");
    private static final Duration LEASE = Duration.ofMinutes(1);

    @TempDir
    Path directory;

    private EmbeddedDatabase database;
    private EmbeddedIdempotencyStore store;

    @Override
    protected IdempotencyStore emptyStore() {
        database = EmbeddedDatabase.open(directory);
        store = new EmbeddedIdempotencyStore(database);
        return store;
    }

    @Override
    protected String everythingStored() {
        return database.read(tables -> {
            IdempotencyTables own = tables.idempotency();
            return own.keys().entrySet() + " " + own.age().map().keySet() + " "
                    + own.working().entrySet() + " " + own.answers().entrySet();
        });
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void aKeyThatAnEarlierVersionStoredIsRecognised() {
        storeAsEarlierVersions("key");

        assertThat(Keys.claim(store, "key", "other payload", "other", NOW, LEASE))
                .isEqualTo(new Claim.Mismatch());
        assertThat(Keys.claim(store, "key", "payload", "other", NOW, LEASE)).isEqualTo(new Claim.Granted("first"));
        store.renew("key", NOW.plus(LEASE).plus(LEASE));
        assertThat(Keys.claim(store, "key", "payload", "other", NOW.plus(LEASE), LEASE))
                .isEqualTo(new Claim.InProgress());
        store.release(List.of("key"));
        assertThat(Keys.claim(store, "key", "payload", "other", NOW, LEASE)).isEqualTo(new Claim.Granted("first"));
        Keys.complete(store, "key", "answer");
        assertThat(Keys.claim(store, "key", "payload", "other", NOW, LEASE)).isEqualTo(new Claim.Answered("answer"));
    }

    @Test
    void aKeyThatAnEarlierVersionStoredIsForgotten() {
        storeAsEarlierVersions("key");

        store.forget(NOW.plusMillis(1));

        assertThat(Keys.claim(store, "key", "other payload", "second", NOW, LEASE))
                .isEqualTo(new Claim.Granted("second"));
        assertThat(everythingStored()).doesNotContain("=first", "id=key");
    }

    private void storeAsEarlierVersions(String key) {
        database.write(tables -> {
            tables.idempotency().keys().put(key, new StoredKey("payload", "first", NOW));
            tables.idempotency().age().add(TimeKey.of(NOW, key));
            return null;
        });
    }
}
