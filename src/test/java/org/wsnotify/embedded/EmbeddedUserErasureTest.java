package org.wsnotify.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.h2.mvstore.MVMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.wsnotify.erasure.UserErasureContract;

/** Reads the bytes of all files of the embedded store, and all its tables. */
class EmbeddedUserErasureTest extends UserErasureContract {

    @TempDir
    Path parent;

    private Path directory;
    private EmbeddedDatabase database;

    @Override
    protected Stores emptyStores() {
        directory = parent.resolve("store");
        database = EmbeddedDatabase.open(directory);
        return new Stores(
                new EmbeddedNotificationStore(database),
                new EmbeddedOutbox(database),
                new EmbeddedScheduleStore(database),
                new EmbeddedStoryStore(database),
                new EmbeddedIdempotencyStore(database),
                new EmbeddedUserDataStore(database));
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Override
    protected void compact() {
        database.rewriteSoon();
        database.compact();
    }

    @Override
    protected List<String> everythingStored() throws IOException {
        return List.of(bytes(), tables());
    }

    /** The bytes of all files, as they are and without zeros, which UTF-16 has between letters. */
    private String bytes() throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                String text = Files.readString(file, StandardCharsets.ISO_8859_1);
                all.append(text).append('\n').append(text.replace("\0", "")).append('\n');
            }
        }
        return all.toString();
    }

    /** All tables, and the addresses, which records do not show. */
    private String tables() {
        return database.read(tables -> {
            List<Object> all = new ArrayList<>();
            for (List<MVMap<?, ?>> some : List.of(
                    tables.inbox().all(),
                    tables.outbox().all(),
                    tables.idempotency().all(),
                    tables.schedule().all(),
                    tables.story().all())) {
                some.forEach(table -> all.add(table.entrySet()));
            }
            tables.outbox()
                    .entries()
                    .values()
                    .forEach(entry -> entry.addressees().forEach(one -> all.add(one.email())));
            tables.schedule()
                    .publications()
                    .values()
                    .forEach(stored -> stored.publication()
                            .recipients()
                            .forEach(place -> all.add(place.recipient().email())));
            return all.toString();
        });
    }
}
