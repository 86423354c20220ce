/**
 * Delivers a publication to its recipients: store, then owe the mail, then push. Port {@link
 * org.wsnotify.delivery.IdempotencyStore}.
 *
 * <p>What belongs here: the order of these steps, and what is repeated safely. What does not: reading requests ({@code
 * http}), sending mail ({@code outbox}, {@code smtp}).
 */
package org.wsnotify.delivery;
