/**
 * SockJS over WebSocket.
 *
 * <p>What belongs here: the endpoint and its frames. What does not: the channel under it ({@code websocket}), and
 * sessions over HTTP ({@code sockjs}).
 */
package org.wsnotify.sockjs.websocket;
