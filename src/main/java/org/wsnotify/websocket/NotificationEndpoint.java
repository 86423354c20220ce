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
import java.util.Optional;
import org.wsnotify.conversation.BadMessageException;
import org.wsnotify.conversation.Conversation;
import org.wsnotify.session.IncomingText;
import org.wsnotify.session.RemoteClient;
import org.wsnotify.wire.ClientMessageReader;

/**
 * The raw WebSocket: one envelope a text message, both ways.
 *
 * <p>One instance for each connection. Nothing here blocks: requests are answered on the managed executor. A CDI bean with no scope of its own,
 * because only then both servers inject into it.
 */
@Dependent
@ServerEndpoint(value = "/notification/websocket", configurator = EndpointConfigurator.class)
public class NotificationEndpoint {

    /** The largest message a client may send, in characters: the ids of a full {@code seen} and room to spare. */
    private static final int MOST_CHARACTERS = 65_536;

    /** The largest frame that a container should take in, in bytes: at most three for a character. */
    private static final int MOST_BYTES = 3 * MOST_CHARACTERS;

    private static final System.Logger LOG = System.getLogger(NotificationEndpoint.class.getName());

    @Inject
    WebSocketSessions sessions;

    private WebSocketClientSession client;
    private Conversation conversation;
    private final IncomingText incoming = new IncomingText(MOST_CHARACTERS);

    @OnOpen
    public void open(Session session) {
        String address = RemoteClient.of(session.getUserPrincipal())
                .orElse(RemoteClient.UNKNOWN)
                .address();
        client = sessions.open(session, address);
        conversation = sessions.converse(client);
    }

    /** Taken in parts, because only so is a message of many frames bounded on Open Liberty. */
    @OnMessage(maxMessageSize = MOST_BYTES)
    public void text(String part, boolean last) {
        client.heard();
        try {
            Optional<String> text = incoming.add(part, last);
            if (text.isPresent()) {
                conversation.hear(ClientMessageReader.read(text.get()));
            }
        } catch (BadMessageException e) {
            conversation.hear(e);
        } catch (IncomingText.TooLargeException e) {
            client.close(org.wsnotify.session.CloseReason.TOO_LARGE);
        }
    }

    @OnMessage(maxMessageSize = MOST_BYTES)
    public void binary(byte[] ignored, boolean last) {
        client.heard();
        if (last) {
            conversation.hear(new BadMessageException("not-text", "Envelopes are text frames.", ""));
        }
    }

    @OnMessage
    public void pong(PongMessage ignored) {
        client.heard();
    }

    @OnClose
    public void close(CloseReason reason) {
        if (client != null) {
            client.gone();
        }
    }

    @OnError
    public void error(Throwable thrown) {
        LOG.log(System.Logger.Level.DEBUG, "a connection failed: {0}", thrown.toString());
    }
}
