/**
 * How request bodies arrive: how many at once, and how long each may take.
 *
 * <p>What belongs here: limits of bodies, and the decision whether one is read. What does not: what a body means, and
 * what the sender of a bad one is told ({@code http}, {@code sockjs.servlet}).
 */
package org.wsnotify.body;
