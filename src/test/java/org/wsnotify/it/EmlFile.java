package org.wsnotify.it;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

/** Reads a mail that the file mailer wrote. */
final class EmlFile {

    private EmlFile() {}

    static String subject(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return String.valueOf(new MimeMessage(Session.getInstance(new Properties()), in).getSubject());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns the subjects of all mails in a folder. */
    static List<String> subjects(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".eml"))
                    .map(EmlFile::subject)
                    .toList();
        }
    }
}
