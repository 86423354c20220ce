/**
 * Handles the requests of one client in order and answers each, over any transport.
 *
 * <p>What belongs here: the order of requests, fair turns among users, and errors a client is told. What does not: what
 * a request reads or changes ({@code inbox}, {@code login}), and its JSON ({@code wire}).
 */
package org.wsnotify.conversation;
