package org.wsnotify.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.wsnotify.folder.PrivateFolder;

/**
 * A small file beside the store with the last acknowledged commit.
 *
 * <p>A damaged store can open in an older state. A comparison with this file reveals that. The file is written after
 * the store was synced, and is not synced itself. So it is exact after a process was killed, and never ahead of the
 * store after a power failure.
 *
 * <p>It is locked as long as it is open: the lock of the store itself is lost while the file is replaced. The folder is
 * marked, so that nobody else in this process opens and closes the file, which would end the lock.
 *
 * <p>Contains one line of fixed length. It is replaced in place, and so needs no space on a full disk. Not safe for use
 * by many threads.
 */
final class CommitRecord implements AutoCloseable {

    static final String FILE_NAME = "notifications.commit";

    private static final Pattern LINE = Pattern.compile("(\\d{19}) (\\S{24})\n");
    private static final int LENGTH = 45;
    private static final DateTimeFormatter TIME =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    /** Beyond the content, which others may read even where locks forbid that. */
    private static final long LOCKED = Long.MAX_VALUE - 1;

    private final FileChannel file;
    private final FolderMark mark;

    private CommitRecord(FileChannel file, FolderMark mark) {
        this.file = file;
        this.mark = mark;
    }

    /** Opens the file in a folder; creates it if it does not exist. Returns nothing if another one has it open. */
    static Optional<CommitRecord> in(PrivateFolder folder) throws IOException {
        Optional<FolderMark> mark = FolderMark.on(folder.path());
        return mark.isPresent() ? in(folder, mark.get()) : Optional.empty();
    }

    private static Optional<CommitRecord> in(PrivateFolder folder, FolderMark mark) throws IOException {
        FileChannel file = null;
        boolean locked = false;
        try {
            file = folder.open(FILE_NAME);
            locked = lock(file);
            return locked ? Optional.of(new CommitRecord(file, mark)) : Optional.empty();
        } finally {
            if (!locked) {
                close(file, mark);
            }
        }
    }

    private static void close(FileChannel file, FolderMark mark) throws IOException {
        try (mark) {
            if (file != null) {
                file.close();
            }
        }
    }

    private static boolean lock(FileChannel file) throws IOException {
        try {
            return file.tryLock(LOCKED, 1, false) != null;
        } catch (OverlappingFileLockException e) { // this process has it by another path
            return false;
        }
    }

    /** Returns the last acknowledged commit; empty if the file is new or unreadable. */
    Optional<Commit> read() throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(LENGTH);
        while (bytes.hasRemaining() && file.read(bytes, bytes.position()) > 0) {
            // a read may return a part
        }
        Matcher line = LINE.matcher(new String(bytes.array(), StandardCharsets.US_ASCII));
        try {
            return line.matches()
                    ? Optional.of(new Commit(Long.parseLong(line.group(1)), Instant.parse(line.group(2))))
                    : Optional.empty();
        } catch (DateTimeException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** Replaces the content of the file. */
    void write(Commit commit) throws IOException {
        String line = String.format("%019d %s\n", commit.number(), TIME.format(commit.at()));
        ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.US_ASCII));
        while (bytes.hasRemaining()) {
            file.write(bytes, bytes.position());
        }
    }

    /** Writes the content to the disk. */
    void sync() throws IOException {
        file.force(true);
    }

    @Override
    public void close() throws IOException {
        close(file, mark);
    }
}
