/**
 * What is owed but not yet sent: to whom, when it is tried, and what became of it.
 *
 * <p>{@link org.wsnotify.outbox.Outbox}, {@link org.wsnotify.outbox.Claims} and {@link
 * org.wsnotify.outbox.RetrySchedule}
 * know nothing of what is owed. Mail is one kind of it: {@link org.wsnotify.outbox.MailPlan} makes its entries, and
 * {@link org.wsnotify.outbox.OutboxWorker} claims them and hands them to a {@link org.wsnotify.outbox.Mailer}.
 *
 * <p>The rules belong here. How a store keeps an entry and how SMTP is spoken belong in the adapters. Nothing here logs
 * an address, a subject or a content.
 */
package org.wsnotify.outbox;
