package org.wsnotify.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;

/**
 * Says that this process uses a folder.
 *
 * <p>The lock of a file cannot say that. On many systems a process loses all its locks of a file as soon as it closes the
 * file once, even where it opened it a second time. So whoever finds the mark must not open a file of the folder.
 *
 * <p>It is a system property: two deployments of the application in one server share nothing else.
 */
final class FolderMark implements AutoCloseable {

    private static final String PREFIX = "org.wsnotify.embedded.";

    private final String name;
    private final String value;

    private FolderMark(String name, String value) {
        this.name = name;
        this.value = value;
    }

    /** Marks a folder that exists. Returns nothing if it is marked. */
    static Optional<FolderMark> on(Path folder) throws IOException {
        String name = PREFIX + folder.toRealPath();
        String value = UUID.randomUUID().toString();
        return System.getProperties().putIfAbsent(name, value) == null
                ? Optional.of(new FolderMark(name, value))
                : Optional.empty();
    }

    /** Removes the mark, not that of another one who came later. */
    @Override
    public void close() {
        System.getProperties().remove(name, value);
    }
}
