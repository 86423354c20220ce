package org.wsnotify.mail;

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
 * A folder whose files only their owner may read, where the file system knows owners.
 *
 * <p>A file appears with its whole content or not at all, and is on the disk when {@link #write} returns.
 */
final class PrivateFolder {
    private static final boolean KNOWS_OWNERS =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

    private final Path path;

    PrivateFolder(Path path) {
        this.path = path;
    }

    /** Makes the folder, if it is not there. */
    void create() throws IOException {
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
     * Makes the folder and writes into it.
     *
     * @throws IOException it cannot be used; the message says so in words of ours
     */
    void prepare() throws IOException {
        try {
            create();
        } catch (IOException e) {
            throw new IOException("The directory " + path + " for mails cannot be created", e);
        }
        try {
            Files.delete(Files.createTempFile(path, ".start", null));
        } catch (IOException e) {
            throw new IOException("The directory " + path + " for mails is not writable", e);
        }
    }

    void write(String name, byte[] content) throws IOException {
        Path unfinished = path.resolve("." + name + ".unfinished");
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
        return KNOWS_OWNERS
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }
}
