package org.wsnotify.smtp;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Properties;
import java.util.Set;
import org.wsnotify.erasure.MailFiles;
import org.wsnotify.folder.PrivateFolder;
import org.wsnotify.notification.StoreUnavailableException;
import org.wsnotify.outbox.MailConnection;
import org.wsnotify.outbox.MailUnavailableException;
import org.wsnotify.outbox.Mailer;

/**
 * Writes mails into a folder instead of sending them, if no mail server is configured.
 *
 * <p>Each entry becomes one {@code .eml} file, as it would have been sent, and an {@code .envelope} file with its
 * addresses, one a line. Only the owner may read them. A repeated mail replaces its file. Safe for use by many threads.
 */
public final class FileMailer implements Mailer, MailFiles {
    private final PrivateFolder folder;
    private final MimeMessages messages;

    /**
     * @param directory the folder; created by {@link #prepare}, or with the first mail
     * @param from the sender, {@code a@b.c} or {@code Name <a@b.c>}
     */
    public FileMailer(Path directory, String from) {
        this.folder = new PrivateFolder(directory, "mails");
        this.messages = new MimeMessages(MimeMessages.session(new Properties()), Sender.parse(from));
    }

    /**
     * Creates the folder and tests it.
     *
     * @throws IOException mails cannot be written into it; the message is a sentence without its full stop
     */
    public void prepare() throws IOException {
        folder.prepare();
    }

    @Override
    public int erase(Set<String> addresses) {
        try {
            return EnvelopeFiles.erase(folder, addresses);
        } catch (IOException e) {
            throw new StoreUnavailableException("The files of mails cannot be read or written: " + e, e);
        }
    }

    @Override
    public MailConnection open() throws MailUnavailableException {
        try {
            folder.create();
            return new FileConnection(folder, messages);
        } catch (IOException e) {
            throw new MailUnavailableException("The folder for mails cannot be created: " + e, e);
        }
    }
}
