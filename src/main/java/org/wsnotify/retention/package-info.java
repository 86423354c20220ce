/**
 * How long notifications are kept: those that expire leave the inboxes, and old ones are removed for good.
 *
 * <p>What belongs here: the rules, the regular work that applies them, and the port of the stores. What does not: what
 * publishers and users take out themselves, see {@code retraction} and {@code inbox}.
 */
package org.wsnotify.retention;
