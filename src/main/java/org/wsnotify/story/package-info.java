/**
 * What became of a notification: when it was stored, pushed, seen and removed, and what happened to its mail.
 *
 * <p>What belongs here: decisions that are recorded when they are made, and the port of the stores. What does not:
 * making them.
 */
package org.wsnotify.story;
