/**
 * Handles the requests of one client in order and answers each, over any transport.
 *
 * <p>What belongs here: the order of requests, and fair turns among users. What does not: what a request reads or
 * changes ({@code inbox}, {@code login}), and how it is written ({@code wire}).
 */
package org.wsnotify.conversation;
