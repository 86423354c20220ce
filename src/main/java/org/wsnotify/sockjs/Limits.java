package org.wsnotify.sockjs;

import java.time.Duration;
import org.wsnotify.channel.OutgoingQueue;

/**
 * What the clients of a service may use.
 *
 * @param perAddress most sessions without a WebSocket of one address, or of the IPv6 addresses of one subscriber
 * @param responseCharacters after so many a streaming response ends, and the client asks for the next
 * @param bodyBytes largest body of a request
 * @param queue what may wait for a client, also between two of its requests
 * @param absence how long a session lives that nobody asks for
 * @param sending how long the last piece of a session may take
 */
public record Limits(
        int perAddress,
        int responseCharacters,
        int bodyBytes,
        OutgoingQueue.Bounds queue,
        Duration absence,
        Duration sending) {}
