package org.wsnotify.smtp;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.OutputStream;

/**
 * A message with a given Message-ID that remembers whether its text was handed over. Used by one thread.
 *
 * <p>Only then can an answer of the mail server concern the text, and only then may a mail have arrived although the
 * connection broke.
 */
final class OutgoingMessage extends MimeMessage {
    private final String messageId;
    private final String mimeVersion;
    private boolean handedOver;

    OutgoingMessage(Session session, String messageId, String mimeVersion) {
        super(session);
        this.messageId = messageId;
        this.mimeVersion = mimeVersion;
    }

    boolean wasHandedOver() {
        return handedOver;
    }

    @Override
    public void writeTo(OutputStream out, String[] ignoreList) throws IOException, MessagingException {
        handedOver = true;
        super.writeTo(out, ignoreList);
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
