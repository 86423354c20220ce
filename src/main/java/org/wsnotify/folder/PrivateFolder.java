package org.wsnotify.folder;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * A folder whose files only their owner may read, if the file system supports POSIX permissions.
 *
 * <p>A folder or file that exists keeps its permissions: its owner chose them. Safe for use by many threads.
 */
public final class PrivateFolder {

    /** How the name of a file ends that is not written completely yet. */
    public static final String UNFINISHED = ".unfinished";

    private static final boolean HAS_PERMISSIONS =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

    private final Path path;
    private final String purpose;

    /** @param purpose what the folder is for; part of messages */
    public PrivateFolder(Path path, String purpose) {
        this.path = path;
        this.purpose = purpose;
    }

    /** Returns where the folder is. */
    public Path path() {
        return path;
    }

    /** Creates the folder if it does not exist. */
    public void create() throws IOException {
        if (!Files.isDirectory(path)) {
            createParents();
            try {
                Files.createDirectory(path, only("rwx------"));
            } catch (FileAlreadyExistsException e) {
                if (!Files.isDirectory(path)) {
                    throw e;
                }
            }
        }
    }

    /**
     * Creates the folder if it does not exist, and tries to write into it.
     *
     * @throws IOException it cannot be used; the message names the folder and its purpose
     */
    public void prepare() throws IOException {
        try {
            create();
        } catch (IOException e) {
            throw new IOException("The directory " + path + " for " + purpose + " cannot be created", e);
        }
        try {
            Files.delete(Files.createTempFile(path, ".start", null));
        } catch (IOException e) {
            throw new IOException("The directory " + path + " for " + purpose + " is not writable", e);
        }
    }

    /** Opens a file for reading and writing; creates it if it does not exist. */
    public FileChannel open(String name) throws IOException {
        return FileChannel.open(
                path.resolve(name),
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
                only("rw-------"));
    }

    /** Writes a file atomically: with its whole content or not at all. The content is on the disk when this returns. */
    public void write(String name, byte[] content) throws IOException {
        Path unfinished = path.resolve("." + name + UNFINISHED);
        Files.deleteIfExists(unfinished);
        try (FileChannel file = FileChannel.open(
                unfinished, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), only("rw-------"))) {
            ByteBuffer bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                file.write(bytes);
            }
            file.force(true);
        }
        Files.move(unfinished, path.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private void createParents() throws IOException {
        Path parent = path.toAbsolutePath().getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
    }

    private static FileAttribute<?>[] only(String permissions) {
        return HAS_PERMISSIONS
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }
}
