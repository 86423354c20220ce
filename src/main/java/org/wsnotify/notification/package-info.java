/**
 * What is sent and to whom: messages, recipients and notifications, their ids, and unseen counts.
 *
 * <p>What belongs here: immutable values that every other package may use. What does not: anything that depends on
 * another package of this application.
 */
package org.wsnotify.notification;
