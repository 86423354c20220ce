/**
 * Bodies of requests as they come: how many may be on their way, how long they may take, and a reader for which no thread waits.
 *
 * <p>What belongs here: places and deadlines of bodies, and the {@code ReadListener} that fills them. What does not: what a body means, who may send
 * one, and what the sender of a bad one is told ({@code servlet}, {@code http}, {@code sockjs}, which use it).
 */
package org.wsnotify.body;
