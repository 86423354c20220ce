package org.wsnotify.websocket;

import org.wsnotify.channel.Channel;

/** What the endpoint of the raw WebSocket needs. */
public record RawWebSocket(Channel.Application application, WebSocketChannel.Shared shared) {}
