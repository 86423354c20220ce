/**
 * E-mail that is owed but not yet sent: what is owed to whom, when it is tried, and what became of it.
 *
 * <p>A {@link org.wsnotify.outbox.MailPlan} makes the entries of a publication, an {@link org.wsnotify.outbox.Outbox}
 * keeps them durably, the {@link org.wsnotify.outbox.OutboxWorker} claims them and hands them to a {@link
 * org.wsnotify.outbox.Mailer}. Here are the rules; how a store keeps an entry and how SMTP is spoken belongs into the
 * adapters. Nothing here logs an address, a subject or a content.
 */
package org.wsnotify.outbox;
