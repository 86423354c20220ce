package org.wsnotify.websocket;

import org.wsnotify.session.Channel;

/** What the endpoint of the raw WebSocket needs. */
public record RawWebSocket(Channel.Application application, WebSocketChannel.Shared shared) {}
