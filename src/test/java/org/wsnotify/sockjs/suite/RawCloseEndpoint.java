package org.wsnotify.sockjs.suite;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.websocket.CloseReason;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import org.wsnotify.websocket.EndpointConfigurator;
import org.wsnotify.websocket.Framing;
import org.wsnotify.websocket.WebSocketChannel;

/** The raw WebSocket of the service close. */
@Dependent
@ServerEndpoint(value = "/close/websocket", configurator = EndpointConfigurator.class)
public class RawCloseEndpoint {

    @Inject
    WebSocketChannel.Shared shared;

    private WebSocketChannel socket;

    @OnOpen
    public void open(Session session) {
        socket = WebSocketChannel.open(session, Framing.RAW, Echo.CLOSE, shared);
    }

    @OnMessage
    public void text(String frame) {
        socket.text(frame);
    }

    @OnClose
    public void close(CloseReason reason) {
        if (socket != null) {
            socket.gone();
        }
    }
}
