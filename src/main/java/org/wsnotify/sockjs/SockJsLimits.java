package org.wsnotify.sockjs;

import java.time.Duration;
import org.wsnotify.channel.QueueLimits;

/**
 * What the clients of a SockJS service may use.
 *
 * @param sessionsPerAddress how many sessions without a WebSocket one subscriber may have; the IPv6 addresses of a
 *     subscriber count as one
 * @param responseCharacters after how many characters a streaming response ends, and the client asks for the next
 * @param bodyBytes the size of the largest request body
 * @param queue what may wait for a client, also between two of its requests
 * @param sendTimeout how long the last piece of a session may take
 */
public record SockJsLimits(
        int sessionsPerAddress, int responseCharacters, int bodyBytes, QueueLimits queue, Duration sendTimeout) {

    /** A usual size for {@code bodyBytes}: what a client collects while its request before is under way. */
    public static final int BODY_BYTES = 131_072;
}
