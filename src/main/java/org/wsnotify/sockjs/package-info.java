/**
 * SockJS (protocol 0.3.3 and what its master branch added) without any container.
 *
 * <p>What belongs here: frames, transports as data, sessions over HTTP, and the answer to each request. What does not:
 * container APIs. Only {@code servlet} and {@code websocket} below know a container; they carry bytes and decide
 * nothing.
 */
package org.wsnotify.sockjs;
