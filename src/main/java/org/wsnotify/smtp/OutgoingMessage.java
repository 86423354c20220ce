package org.wsnotify.smtp;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.OutputStream;
import org.wsnotify.outbox.SendPermit;

/**
 * A message with a given Message-ID that remembers whether its text was handed over. Used by one thread.
 *
 * <p>Only then can an answer of the mail server concern the text, and only then may a mail have arrived although the
 * connection broke.
 *
 * <p>The permit is asked when the mail server has accepted the recipients, and again before the end of the text. If it
 * is not valid, writing fails, and the implementation closes the connection: a text without its end is not delivered
 * (RFC 5321, 3.8 and 4.1.1.4).
 */
final class OutgoingMessage extends MimeMessage {
    private final String messageId;
    private final String mimeVersion;
    private final SendPermit permit;
    private boolean handedOver;
    private boolean forbidden;

    OutgoingMessage(Session session, String messageId, String mimeVersion, SendPermit permit) {
        super(session);
        this.messageId = messageId;
        this.mimeVersion = mimeVersion;
        this.permit = permit;
    }

    boolean wasHandedOver() {
        return handedOver;
    }

    /** Whether the text was not sent, or not to its end, because the permit was not valid. */
    boolean wasForbidden() {
        return forbidden;
    }

    @Override
    public void writeTo(OutputStream out, String[] ignoreList) throws IOException, MessagingException {
        handedOver = true;
        requirePermit();
        super.writeTo(out, ignoreList);
        requirePermit();
    }

    private void requirePermit() throws IOException {
        if (!permit.isValid()) {
            forbidden = true;
            throw new IOException("the claim on the mail has ended");
        }
    }

    @Override
    protected synchronized void updateHeaders() throws MessagingException {
        super.updateHeaders();
        setHeader("MIME-Version", mimeVersion);
    }

    @Override
    protected void updateMessageID() throws MessagingException {
        setHeader("Message-ID", messageId);
    }
}
