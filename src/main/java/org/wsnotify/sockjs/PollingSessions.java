package org.wsnotify.sockjs;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.wsnotify.channel.Channel;
import org.wsnotify.channel.CloseStatus;
import org.wsnotify.client.IpAddress;
import org.wsnotify.meter.Meters;

/**
 * The sessions of a service over HTTP.
 *
 * <p>A session is found by its id together with the address that opened it, so that a leaked id is useless elsewhere.
 * Sessions are limited by subscriber, who has a whole network of IPv6 addresses. Safe for use by many threads.
 */
final class PollingSessions {

    /** How long a session lives without a request; the default of {@code disconnect_delay} in the protocol. */
    static final Duration DISCONNECT_DELAY = Duration.ofSeconds(5);

    private record Key(String address, String id) {
        String subscriber() {
            return IpAddress.subscriberOf(address);
        }
    }

    private final Channel.Application application;
    private final SockJsLimits limits;
    private final Clock clock;
    private final BiConsumer<Duration, Runnable> later;
    private final Meters meters;
    private final Map<Key, PollingSession> sessions = new ConcurrentHashMap<>();
    private final Map<String, Integer> bySubscriber = new ConcurrentHashMap<>();

    PollingSessions(
            Channel.Application application,
            SockJsLimits limits,
            Clock clock,
            BiConsumer<Duration, Runnable> later,
            Meters meters) {
        this.application = application;
        this.limits = limits;
        this.clock = clock;
        this.later = later;
        this.meters = meters;
    }

    /** Returns the session with this id, unless it had no request for too long. */
    Optional<PollingSession> find(String address, String id) {
        Key key = new Key(address, id);
        PollingSession session = sessions.get(key);
        if (session != null && session.isForgotten(now())) {
            forget(key, session);
            return Optional.empty();
        }
        return Optional.ofNullable(session);
    }

    /** Attaches a receiver to the session with this id, or to a new one. Too many sessions are refused with a frame. */
    void receive(String address, String id, Receiver receiver) {
        Optional<PollingSession> found = find(address, id);
        if (found.isPresent()) {
            found.get().receive(receiver);
        } else {
            open(new Key(address, id), receiver);
        }
    }

    private void open(Key key, Receiver receiver) {
        if (bySubscriber.merge(key.subscriber(), 1, Integer::sum) > limits.sessionsPerAddress()) {
            release(key);
            receiver.tell(Frames.close(CloseStatus.OVERLOADED.code(), "too many sessions, try again later"));
            return;
        }
        // complete before it can be found: a message right after the first frame must be received
        PollingSession session = PollingSession.open(key.address(), this, application);
        PollingSession other = sessions.putIfAbsent(key, session);
        if (other != null) {
            release(key);
            session.close(CloseStatus.LOST);
            other.receive(receiver);
            return;
        }
        session.receive(receiver);
    }

    /** Ends the sessions without requests. To be called about once a second. */
    void sweep() {
        Instant now = now();
        sessions.forEach((key, session) -> {
            if (session.isForgotten(now)) {
                forget(key, session);
            }
        });
    }

    private void forget(Key key, PollingSession session) {
        if (sessions.remove(key, session)) {
            release(key);
            session.close(CloseStatus.LOST);
        }
    }

    private void release(Key key) {
        bySubscriber.computeIfPresent(key.subscriber(), (subscriber, count) -> count > 1 ? count - 1 : null);
    }

    int size() {
        return sessions.size();
    }

    SockJsLimits limits() {
        return limits;
    }

    Clock clock() {
        return clock;
    }

    Instant now() {
        return clock.instant();
    }

    void later(Duration delay, Runnable task) {
        later.accept(delay, task);
    }

    void tooSlow() {
        meters.slowSessionClosed();
    }
}
