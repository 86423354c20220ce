/**
 * Clients connected by WebSocket: the endpoint of the raw WebSocket, and WebSockets as channels.
 *
 * <p>What belongs here: the WebSocket API and its differences between servers. What does not: the frames of SockJS
 * ({@code sockjs.websocket}, which uses the channel of this package), and JSON ({@code wire}).
 */
package org.wsnotify.websocket;
