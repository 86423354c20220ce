package org.wsnotify.smtp;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.wsnotify.folder.PrivateFolder;
import org.wsnotify.mail.EmailAddress;

/** The envelopes of the mails in a folder. Only they name addresses. */
final class EnvelopeFiles {

    static final String ENVELOPE = ".envelope";
    static final String MESSAGE = ".eml";

    private EnvelopeFiles() {}

    /**
     * Takes addresses out of all envelopes, and removes mails that went to nobody else. Removes envelopes that a process
     * left unfinished, too: they may end within an address. A mail that is being written fails then, and is repeated.
     */
    static int erase(PrivateFolder folder, Set<String> addresses) throws IOException {
        Set<Object> erased = addresses.stream().map(EnvelopeFiles::key).collect(Collectors.toSet());
        if (erased.isEmpty() || !Files.isDirectory(folder.path())) {
            return 0;
        }
        try {
            removeUnfinished(folder);
            return eraseFrom(folder, erased);
        } catch (DirectoryIteratorException e) { // the folder cannot be read to its end
            throw e.getCause();
        }
    }

    private static int eraseFrom(PrivateFolder folder, Set<Object> erased) throws IOException {
        int changed = 0;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder.path(), "*" + ENVELOPE)) {
            for (Path file : files) {
                List<String> before = Files.readAllLines(file, StandardCharsets.UTF_8);
                List<String> after = before.stream()
                        .filter(address -> !erased.contains(key(address)))
                        .toList();
                if (after.size() < before.size()) {
                    replace(folder, file, after);
                    changed++;
                }
            }
        }
        return changed;
    }

    private static void removeUnfinished(PrivateFolder folder) throws IOException {
        try (DirectoryStream<Path> files =
                Files.newDirectoryStream(folder.path(), "*" + ENVELOPE + PrivateFolder.UNFINISHED)) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
        }
    }

    private static void replace(PrivateFolder folder, Path file, List<String> addresses) throws IOException {
        String name = file.getFileName().toString();
        if (addresses.isEmpty()) {
            Files.deleteIfExists(file.resolveSibling(name.substring(0, name.length() - ENVELOPE.length()) + MESSAGE));
            Files.deleteIfExists(file);
        } else {
            folder.write(name, lines(addresses));
        }
    }

    static byte[] lines(List<String> addresses) {
        return (String.join("\n", addresses) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** Addresses are the same in any spelling of their domain. */
    private static Object key(String address) {
        return EmailAddress.parse(address).<Object>map(parsed -> parsed).orElse(address);
    }
}
