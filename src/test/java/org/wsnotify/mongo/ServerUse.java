package org.wsnotify.mongo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The right to use the test server, among test classes that run in several processes at the same time.
 *
 * <p>Waits for it. One at a time in each process.
 */
final class ServerUse {

    private static final Path LOCK = Path.of("target", "test-server.lock");
    private static volatile boolean alone;

    private ServerUse() {}

    /** Together with others who only keep and find data. */
    static Runnable shared() {
        return take(true);
    }

    /** Alone: failpoints and elections are of the whole server. */
    static Runnable alone() {
        return take(false);
    }

    /** Returns whether this process uses the server alone. */
    static boolean isAlone() {
        return alone;
    }

    /** @return gives it back */
    private static Runnable take(boolean shared) {
        try {
            FileChannel file = FileChannel.open(
                    LOCK, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            file.lock(0, Long.MAX_VALUE, shared);
            alone = !shared;
            return () -> {
                alone = false;
                close(file);
            };
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void close(FileChannel file) {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
