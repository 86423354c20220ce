/**
 * Delivers a publication to its recipients: stores it, then owes the mail, then pushes. The port is {@link
 * org.wsnotify.delivery.IdempotencyStore}.
 *
 * <p>What belongs here: the order of these steps, and their safe repetition. What does not: reading requests ({@code
 * http}) and sending mail ({@code outbox}, {@code smtp}).
 */
package org.wsnotify.delivery;
