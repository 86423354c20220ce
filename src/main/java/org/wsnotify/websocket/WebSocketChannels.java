package org.wsnotify.websocket;

import jakarta.websocket.Session;
import java.time.Clock;
import java.util.concurrent.Executor;
import org.wsnotify.channel.Channel;
import org.wsnotify.channel.QueueLimits;
import org.wsnotify.meter.Meters;

/**
 * Opens channels over WebSocket sessions, and has what they share. Immutable.
 *
 * @param limits of each channel's outgoing queue
 * @param pings sends pings, which block on Open Liberty while a client does not read
 * @param closes closes sessions, which can take seconds on Open Liberty
 */
public record WebSocketChannels(QueueLimits limits, Clock clock, Executor pings, Executor closes, Meters meters) {

    /** Opens a channel over a session that was just opened, and begins an application on it. */
    public WebSocketChannel open(Session session, Framing framing, Channel.Application application) {
        LibertySends.writeAtOnce(session);
        WebSocketChannel channel = new WebSocketChannel(session, framing, this);
        channel.begin(application);
        return channel;
    }
}
