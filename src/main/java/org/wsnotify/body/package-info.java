/**
 * Bodies of requests as they come: how many may be on their way, and how long they may take.
 *
 * <p>What belongs here: places and deadlines of bodies, and who decides whether one is read. What does not: what a body
 * means, and what the sender of a bad one is told ({@code servlet}, {@code http}, {@code sockjs.servlet}, which use
 * it).
 */
package org.wsnotify.body;
