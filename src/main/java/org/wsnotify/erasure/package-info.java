/**
 * What is stored about a user: given out as a whole, and erased as a whole.
 *
 * <p>What belongs here: the order of the steps, and the port of the stores. What does not: what publishers and users
 * remove one by one.
 */
package org.wsnotify.erasure;
