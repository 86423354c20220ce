/**
 * How publishers take notifications back: by retracting them, or by replacing older ones of a group.
 *
 * <p>What belongs here: the rules, and the port of the stores. What does not: HTTP, and what users do with their own
 * notifications, which is in {@code inbox}.
 */
package org.wsnotify.retraction;
