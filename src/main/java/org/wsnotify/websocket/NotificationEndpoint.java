package org.wsnotify.websocket;

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
import org.wsnotify.channel.Channel;

/**
 * The raw WebSocket: one envelope in each text message, in both directions.
 *
 * <p>One instance for each connection. No method blocks: managed threads answer the requests. It is a CDI bean
 * without a scope of its own, because both servers inject only into such a bean.
 */
@Dependent
@ServerEndpoint(value = "/notification/websocket", configurator = EndpointConfigurator.class)
public class NotificationEndpoint {

    /** The largest frame that a container accepts, in bytes: at most three for a character. */
    private static final int MOST_BYTES = 3 * Framing.LONGEST;

    private static final System.Logger LOG = System.getLogger(NotificationEndpoint.class.getName());

    @Inject
    WebSocketChannels channels;

    @Inject
    Channel.Application application;

    private WebSocketChannel channel;

    @OnOpen
    public void open(Session session) {
        channel = channels.open(session, Framing.RAW, application);
    }

    /** Receives parts, because Open Liberty does not limit a whole message of many frames. */
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
