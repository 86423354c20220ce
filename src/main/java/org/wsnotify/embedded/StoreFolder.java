package org.wsnotify.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStoreException;
import org.wsnotify.folder.PrivateFolder;
import org.wsnotify.notification.StoreUnavailableException;

/**
 * The folder with the file of the store and the record of its commits.
 *
 * <p>Opens the file, as often as needed, and refuses one that lacks acknowledged commits. One thread opens at a time.
 */
final class StoreFolder implements AutoCloseable {

    static final String FILE_NAME = "notifications.mv";

    private static final String COPY_NAME = "notifications.mv.copy";

    /** Empty; it is there while the file still has space in which something was that was erased. */
    private static final String ERASED_NAME = "notifications.erased";

    private static final System.Logger LOG = System.getLogger(StoreFolder.class.getName());

    private final Path directory;
    private final Path file;
    private final CommitRecord record;

    /** Whether something was erased since the copying began; guarded by this object. */
    private boolean erasedSince;

    private StoreFolder(Path directory, CommitRecord record) {
        this.directory = directory;
        this.file = directory.resolve(FILE_NAME);
        this.record = record;
    }

    /**
     * Creates the folder and its files if they do not exist. No other process can use them until it is closed.
     *
     * @throws StoreUnavailableException the folder or a file cannot be used, or another process has it; the message
     *     names it
     */
    static StoreFolder prepare(Path directory) {
        PrivateFolder folder = new PrivateFolder(directory, "the embedded store");
        try {
            folder.prepare();
        } catch (IOException e) {
            throw new StoreUnavailableException(e.getMessage(), e);
        }
        try {
            StoreFolder prepared =
                    new StoreFolder(directory, CommitRecord.in(folder).orElseThrow(() -> inUse(directory, null)));
            try {
                folder.open(FILE_NAME).close();
                prepared.discardCopy();
                return prepared;
            } catch (IOException | RuntimeException | Error e) {
                prepared.close();
                throw e;
            }
        } catch (IOException e) {
            throw new StoreUnavailableException(
                    "The embedded store " + directory.resolve(FILE_NAME) + " is not writable", e);
        }
    }

    /**
     * Opens the file.
     *
     * @param older whether a file that lacks acknowledged commits is opened too, with a warning
     * @throws LostCommitsException it lacks some, and {@code older} is false; the file stays unchanged
     * @throws StoreUnavailableException it cannot be opened
     */
    OpenedFile open(boolean older) {
        OpenedFile opened;
        try {
            opened = OpenedFile.open(file, record);
        } catch (MVStoreException e) {
            if (e.getErrorCode() == DataUtils.ERROR_FILE_LOCKED) {
                throw inUse(directory, e);
            }
            throw new StoreUnavailableException(
                    "The embedded store " + file + " cannot be opened: " + FileTrouble.words(e), e);
        }
        try {
            requireComplete(opened.lastCommit(), older);
            opened.upgrade();
        } catch (RuntimeException | Error e) {
            opened.abandon();
            throw e;
        }
        return opened;
    }

    private static StoreUnavailableException inUse(Path directory, Exception cause) {
        return new StoreUnavailableException(
                "The embedded store " + directory.resolve(FILE_NAME) + " is in use by another process", cause);
    }

    /** The library opens a damaged file in the newest intact state, and does not report that. */
    private void requireComplete(Commit found, boolean older) {
        Commit acknowledged = acknowledged(found);
        if (found.number() >= acknowledged.number()) {
            return;
        }
        String what = "The embedded store " + file + " is damaged or older than it was: it ends with " + found
                + ", but " + acknowledged + " was acknowledged";
        if (!older) {
            throw new LostCommitsException(what);
        }
        LOG.log(
                System.Logger.Level.WARNING,
                "{0}. The server goes on without {1} commits.",
                what,
                acknowledged.number() - found.number());
        try {
            record.write(found);
            record.sync();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Commit acknowledged(Commit found) {
        try {
            Optional<Commit> last = record.read();
            if (last.isEmpty() && found.number() > 0) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "{0} is missing or not readable: whether the embedded store is complete is not known",
                        directory.resolve(CommitRecord.FILE_NAME));
            }
            return last.orElse(found);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A copy that shall take the place of the file.
     *
     * @param original the opened file
     */
    record Replacement(OpenedFile original, FileCopy copy) {}

    /**
     * Copies the file, while others go on changing it. The replacement must be completed; one at a time.
     *
     * @param copying says when to end early, also during the completion
     * @throws CopyEndedException it was ended early, and the copy is removed
     */
    Replacement beginReplacement(OpenedFile original, Copying copying) {
        try {
            discardCopy();
            new PrivateFolder(directory, "the embedded store").open(COPY_NAME).close();
            synchronized (this) {
                erasedSince = false;
            }
            try {
                return new Replacement(original, original.copier().begin(directory.resolve(COPY_NAME), copying));
            } catch (RuntimeException | Error e) {
                discardCopy();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Replaces the file by the copy. Nobody may change it meanwhile. A process that is killed meanwhile leaves one of
     * them, whole.
     *
     * @throws CopyEndedException it was ended early, and the copy is removed
     */
    void complete(Replacement replacement) {
        try {
            completeOrDiscard(replacement);
            // Not closed: that could commit once more, and the copy would lack the commit.
            replacement.original().abandon();
            Files.move(directory.resolve(COPY_NAME), file, StandardCopyOption.ATOMIC_MOVE);
            sync();
            forgetErasure();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A copy that fails, perhaps because the disk is full, must not take the space of the changes. */
    private void completeOrDiscard(Replacement replacement) throws IOException {
        try {
            replacement.original().copier().complete(replacement.copy());
        } catch (IOException | RuntimeException | Error e) {
            discardCopy();
            throw e;
        }
    }

    /**
     * Writes a copy of an opened file into another folder, with its record, and opens it to see that it is complete.
     *
     * @param directory an empty folder
     * @param copying says when to end early
     * @throws CopyEndedException it was ended early; what was written stays
     */
    static void copyTo(Path directory, OpenedFile original, Copying copying) {
        try (StoreFolder copy = prepare(directory)) {
            Commit last = original.copier().copyOfNow(copy.file, copying);
            copy.record.write(last);
            copy.record.sync();
            copy.open(false).abandon();
            copy.sync();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Notes that something was erased, so that a restart does not forget it. */
    synchronized void noteErasure() {
        erasedSince = true;
        try {
            new PrivateFolder(directory, "the embedded store").open(ERASED_NAME).close();
            sync();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What was erased after the copying began may be in the copy. */
    private synchronized void forgetErasure() throws IOException {
        if (!erasedSince) {
            Files.deleteIfExists(directory.resolve(ERASED_NAME));
        }
    }

    /** Returns whether something was erased since the file was written anew. */
    boolean hasNotedErasure() {
        return Files.exists(directory.resolve(ERASED_NAME));
    }

    /** Removes a copy that a process left that was killed. */
    private void discardCopy() throws IOException {
        Files.deleteIfExists(directory.resolve(COPY_NAME));
    }

    /** Writes the entries of new files to the disk, without which they would not survive a power failure. */
    void sync() {
        sync(directory);
    }

    /** Writes the entries of any folder to the disk. */
    static void sync(Path directory) {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "Directories cannot be synced here", e);
        }
    }

    /** @throws StoreUnavailableException nothing can be written into the folder */
    void requireWritable() {
        if (!Files.isWritable(directory)) {
            throw new StoreUnavailableException(
                    "The directory " + directory + " for the embedded store is not writable", null);
        }
    }

    /** Closes the record of commits, not the file, and lets others use the folder. */
    @Override
    public void close() {
        try {
            record.close();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "The record of commits cannot be closed", e);
        }
    }
}
