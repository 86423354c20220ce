/**
 * How text travels to and from one client: the port {@link org.wsnotify.channel.Channel}, its ordered outgoing queue,
 * and close codes.
 *
 * <p>What belongs here: order, bounds and memory of frames. What does not: users, envelopes and JSON ({@code session},
 * {@code wire}), and any transport ({@code websocket}, {@code sockjs}).
 */
package org.wsnotify.channel;
