package org.wsnotify.sockjs.suite;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.websocket.CloseReason;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import org.wsnotify.sockjs.websocket.SockJsSocket;
import org.wsnotify.websocket.EndpointConfigurator;
import org.wsnotify.websocket.WebSocketChannel;

/** The WebSocket of the service that sets a cookie. */
@Dependent
@ServerEndpoint(value = "/cookie_needed_echo/{server}/{session}/websocket", configurator = EndpointConfigurator.class)
public class CookieEchoEndpoint {

    @Inject
    WebSocketChannel.Shared shared;

    private SockJsSocket socket;

    @OnOpen
    public void open(Session session) {
        socket = new SockJsSocket(session, Echo.SOCKJS, shared);
    }

    @OnMessage
    public void text(String frame) {
        socket.part(frame, true);
    }

    @OnClose
    public void close(CloseReason reason) {
        if (socket != null) {
            socket.gone();
        }
    }
}
