package org.wsnotify.smtp;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Properties;
import org.wsnotify.folder.PrivateFolder;
import org.wsnotify.outbox.MailConnection;
import org.wsnotify.outbox.MailUnavailableException;
import org.wsnotify.outbox.Mailer;

/**
 * Writes mails into a folder instead of sending them: what is there without a mail server.
 *
 * <p>Each entry makes one {@code .eml} file, as it would have been sent, and beside it an {@code .envelope} file with
 * the addresses it was for, one a line. Only the owner may read them. A mail that is written again replaces its file.
 * Safe for use by many threads.
 */
public final class FileMailer implements Mailer {
    private final PrivateFolder folder;
    private final MimeMessages messages;

    /**
     * @param directory where to; made by {@link #prepare}, or when the first mail is written
     * @param from the sender, {@code a@b.c} or {@code Name <a@b.c>}
     */
    public FileMailer(Path directory, String from) {
        this.folder = new PrivateFolder(directory, "mails");
        try {
            Session session = ContextLoader.with(() -> Session.getInstance(new Properties()));
            this.messages = new MimeMessages(session, Sender.parse(from));
        } catch (MessagingException e) {
            throw new IllegalStateException("jakarta.mail cannot be used", e);
        }
    }

    /**
     * Makes the folder and tries it.
     *
     * @throws IOException mails cannot be written into it; the message is a sentence without its end
     */
    public void prepare() throws IOException {
        folder.prepare();
    }

    @Override
    public MailConnection open() throws MailUnavailableException {
        try {
            folder.create();
            return new FileConnection(folder, messages);
        } catch (IOException e) {
            throw new MailUnavailableException("The folder for mails cannot be made: " + e, e);
        }
    }
}
