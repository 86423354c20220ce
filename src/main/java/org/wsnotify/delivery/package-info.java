/** Takes a publication to its recipients: store, then owe the mail, then push; and serves what a user asks of the inbox. Port {@link org.wsnotify.delivery.IdempotencyStore}. */
package org.wsnotify.delivery;
