/**
 * E-mail through jakarta.mail, and the EJB that works the outbox.
 *
 * <p>Here an outbox entry becomes a MIME message ({@link org.wsnotify.smtp.MimeMessages}), which goes to a mail server
 * ({@link org.wsnotify.smtp.SmtpMailer}) or, where there is none, into a folder ({@link org.wsnotify.smtp.FileMailer}).
 * When something is sent, retried or given up is decided in {@code org.wsnotify.outbox}, not here.
 */
package org.wsnotify.smtp;
