/**
 * E-mail through jakarta.mail, and the EJB that runs the outbox.
 *
 * <p>What belongs here: turning an outbox entry into a MIME message, and sending it to a mail server or writing it into
 * a folder. What does not: when a mail is sent, retried or given up ({@code outbox}), and what is a valid subject,
 * address or content type ({@code mail}).
 */
package org.wsnotify.smtp;
