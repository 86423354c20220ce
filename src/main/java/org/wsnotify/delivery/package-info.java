/**
 * Delivers publications to their recipients: stores them, then owes the mail, then pushes. Those that wait at the same
 * time are delivered together (docs/decisions/0006). The port is {@link org.wsnotify.delivery.IdempotencyStore}.
 *
 * <p>What belongs here: the order of these steps, and their safe repetition. What does not: reading requests ({@code
 * http}) and sending mail ({@code outbox}, {@code smtp}).
 */
package org.wsnotify.delivery;
