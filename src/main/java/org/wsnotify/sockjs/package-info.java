/**
 * SockJS (protocol 0.3.3 and what its master added), without any container: frames, transports as data, sessions and
 * requests.
 *
 * <p>{@code servlet} and {@code websocket} below are the only places that know a container; they carry bytes and decide
 * nothing.
 */
package org.wsnotify.sockjs;
