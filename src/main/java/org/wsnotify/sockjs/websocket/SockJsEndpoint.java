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
import org.wsnotify.websocket.WebSocketChannels;

/** The WebSocket of SockJS clients. One instance for each connection; no method blocks. */
@Dependent
@ServerEndpoint(value = "/notification/{server}/{session}/websocket", configurator = EndpointConfigurator.class)
public class SockJsEndpoint {

    /** The largest frame that a client may send, in bytes. */
    private static final int MOST_BYTES = 4 * Framing.LONGEST;

    private static final Framing FRAMING = new SockJsFraming();

    private static final System.Logger LOG = System.getLogger(SockJsEndpoint.class.getName());

    @Inject
    SockJsService service;

    @Inject
    WebSocketChannels channels;

    private WebSocketChannel channel;

    @OnOpen
    public void open(Session session) {
        channel = channels.open(session, FRAMING, service.application());
    }

    @OnMessage(maxMessageSize = MOST_BYTES)
    public void text(String part, boolean last) {
        channel.part(part, last);
    }

    @OnMessage(maxMessageSize = MOST_BYTES)
    public void binary(byte[] ignored, boolean last) {
        if (last) {
            channel.notText();
        }
    }

    @OnMessage
    public void pong(PongMessage ignored) {
        channel.heard();
    }

    @OnClose
    public void close(CloseReason reason) {
        if (channel != null) {
            channel.gone();
        }
    }

    @OnError
    public void error(Throwable thrown) {
        LOG.log(System.Logger.Level.DEBUG, "a connection failed: {0}", thrown.toString());
    }
}
