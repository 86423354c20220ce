/**
 * What is sent and to whom: immutable values, ids that keep their order, and counts.
 *
 * <p>What belongs here: values that every other package may know. What does not: anything that knows another package of
 * ours.
 */
package org.wsnotify.notification;
