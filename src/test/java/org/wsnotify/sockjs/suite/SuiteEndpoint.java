package org.wsnotify.sockjs.suite;

import jakarta.enterprise.inject.spi.CDI;
import jakarta.websocket.CloseReason;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpointConfig;
import org.wsnotify.channel.Channel;
import org.wsnotify.sockjs.websocket.SockJsFraming;
import org.wsnotify.websocket.Framing;
import org.wsnotify.websocket.WebSocketChannel;
import org.wsnotify.websocket.WebSocketChannels;

/**
 * A WebSocket of the test suite's services, with the frames of SockJS or raw. The server makes an instance for each
 * connection; what is said over it is among the properties of its path.
 */
public class SuiteEndpoint extends Endpoint {

    private static final System.Logger LOG = System.getLogger(SuiteEndpoint.class.getName());
    private static final String SOCKJS = "sockjs";
    private static final String RAW = "raw";

    private Runnable gone = () -> {};

    static ServerEndpointConfig sockJs(String prefix, Channel.Application application) {
        return at(prefix + "/{server}/{session}/websocket", SOCKJS, application);
    }

    static ServerEndpointConfig raw(String prefix, Channel.Application application) {
        return at(prefix + "/websocket", RAW, application);
    }

    private static ServerEndpointConfig at(String path, String property, Channel.Application application) {
        ServerEndpointConfig config =
                ServerEndpointConfig.Builder.create(SuiteEndpoint.class, path).build();
        config.getUserProperties().put(property, application);
        return config;
    }

    @Override
    public void onOpen(Session session, EndpointConfig config) {
        WebSocketChannels channels =
                CDI.current().select(WebSocketChannels.class).get();
        if (config.getUserProperties().get(RAW) instanceof Channel.Application application) {
            listen(session, channels.open(session, Framing.RAW, application));
        } else if (config.getUserProperties().get(SOCKJS) instanceof Channel.Application application) {
            listen(session, channels.open(session, new SockJsFraming(), application));
        }
    }

    /** With the type said, since a server cannot find it in a lambda. */
    private void listen(Session session, WebSocketChannel channel) {
        gone = channel::gone;
        MessageHandler.Whole<String> handler = frame -> channel.part(frame, true);
        session.addMessageHandler(String.class, handler);
    }

    @Override
    public void onClose(Session session, CloseReason reason) {
        gone.run();
    }

    @Override
    public void onError(Session session, Throwable thrown) {
        LOG.log(System.Logger.Level.DEBUG, "a connection failed: {0}", thrown.toString());
    }
}
