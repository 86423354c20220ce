package org.wsnotify.sockjs.suite;

import jakarta.enterprise.inject.spi.CDI;
import jakarta.websocket.CloseReason;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpointConfig;
import org.wsnotify.channel.Channel;
import org.wsnotify.sockjs.websocket.SockJsSocket;
import org.wsnotify.websocket.Framing;
import org.wsnotify.websocket.WebSocketChannel;

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
        WebSocketChannel.Shared shared =
                CDI.current().select(WebSocketChannel.Shared.class).get();
        if (config.getUserProperties().get(RAW) instanceof Channel.Application application) {
            WebSocketChannel channel = WebSocketChannel.open(session, Framing.RAW, application, shared);
            gone = channel::gone;
            listen(session, channel::text);
        } else if (config.getUserProperties().get(SOCKJS) instanceof Channel.Application application) {
            SockJsSocket socket = new SockJsSocket(session, application, shared);
            gone = socket::gone;
            listen(session, frame -> socket.part(frame, true));
        }
    }

    /** With the type said, since a server cannot find it in a lambda. */
    private static void listen(Session session, MessageHandler.Whole<String> handler) {
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
