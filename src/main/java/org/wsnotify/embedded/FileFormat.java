package org.wsnotify.embedded;

import java.nio.file.Path;
import org.h2.mvstore.MVStore;
import org.wsnotify.notification.StoreUnavailableException;

/** Opens the file with the library's options, and refuses a file in another format. */
final class FileFormat {

    /** The version of the tables and of the records in them. */
    private static final int VERSION = 5;

    /** The oldest format that is read; see {@link RecordType}. */
    private static final int OLDEST_VERSION = 2;

    private static final int CACHE_MEGABYTES = 32;

    private FileFormat() {}

    /**
     * Opens the file or creates it. One of an earlier format keeps that. Throws what the library throws.
     *
     * @throws StoreUnavailableException another version of the server made the file, which stays unchanged
     */
    static MVStore open(Path path) {
        MVStore store = new MVStore.Builder()
                .fileName(path.toString())
                .autoCommitDisabled()
                .autoCommitBufferSize(0)
                .cacheSize(CACHE_MEGABYTES)
                .compress()
                .open();
        try {
            requireVersion(store, path);
            // Old parts are reused as soon as newer ones are on the disk. The sync after each commit ensures that.
            store.setRetentionTime(0);
            return store;
        } catch (RuntimeException | Error e) {
            store.closeImmediately();
            throw e;
        }
    }

    private static void requireVersion(MVStore store, Path path) {
        if (store.getMapNames().isEmpty()) {
            setPresent(store);
            return;
        }
        int version = store.getStoreVersion();
        if (version < OLDEST_VERSION || version > VERSION) {
            throw new StoreUnavailableException(
                    "The embedded store " + path + " was written by " + (version < VERSION ? "an earlier" : "a later")
                            + " version of the server, in a format that this one does not read",
                    null);
        }
    }

    /** Returns whether the file is of an earlier format than those that are written now. */
    static boolean isEarlier(MVStore store) {
        return store.getStoreVersion() < VERSION;
    }

    /** Sets the format with the next commit: from then on, earlier servers must not open the file. */
    static void setPresent(MVStore store) {
        store.setStoreVersion(VERSION);
    }
}
