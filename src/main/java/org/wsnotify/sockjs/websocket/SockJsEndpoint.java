package org.wsnotify.sockjs.websocket;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.websocket.CloseReason;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.PongMessage;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import org.wsnotify.sockjs.SockJsService;
import org.wsnotify.websocket.EndpointConfigurator;
import org.wsnotify.websocket.Framing;
import org.wsnotify.websocket.WebSocketChannel;

/** The WebSocket of SockJS clients. One instance for each connection; nothing here blocks. */
@Dependent
@ServerEndpoint(value = "/notification/{server}/{session}/websocket", configurator = EndpointConfigurator.class)
public class SockJsEndpoint {

    /** The largest frame a client may send, in bytes. */
    private static final int MOST_BYTES = 4 * Framing.LONGEST;

    private static final System.Logger LOG = System.getLogger(SockJsEndpoint.class.getName());

    @Inject
    SockJsService service;

    @Inject
    WebSocketChannel.Shared shared;

    private SockJsSocket socket;

    @OnOpen
    public void open(Session session) {
        socket = new SockJsSocket(session, service.application(), shared);
    }

    @OnMessage(maxMessageSize = MOST_BYTES)
    public void text(String part, boolean last) {
        socket.part(part, last);
    }

    @OnMessage(maxMessageSize = MOST_BYTES)
    public void binary(byte[] ignored, boolean last) {
        if (last) {
            socket.notText();
        }
    }

    @OnMessage
    public void pong(PongMessage ignored) {
        socket.heard();
    }

    @OnClose
    public void close(CloseReason reason) {
        if (socket != null) {
            socket.gone();
        }
    }

    @OnError
    public void error(Throwable thrown) {
        LOG.log(System.Logger.Level.DEBUG, "a connection failed: {0}", thrown.toString());
    }
}
