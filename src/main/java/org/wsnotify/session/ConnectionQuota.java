package org.wsnotify.session;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.wsnotify.client.IpAddress;

/**
 * The places for sessions on this server, over all transports: so many for all, and so many for one address.
 *
 * <p>The IPv6 addresses of one subscriber count as one. Safe for use by many threads.
 */
public final class ConnectionQuota {

    private final int most;
    private final int ofOneAddress;
    private final AtomicInteger taken = new AtomicInteger();
    private final Map<String, Integer> bySubscriber = new ConcurrentHashMap<>();

    /**
     * @param most places for all
     * @param ofOneAddress places for one address
     */
    public ConnectionQuota(int most, int ofOneAddress) {
        this.most = most;
        this.ofOneAddress = ofOneAddress;
    }

    /**
     * Takes a place, which is to be {@link #release released} in any case.
     *
     * @return false when there is none left: the session is to be closed
     */
    public boolean acquire(String address) {
        boolean free = taken.incrementAndGet() <= most;
        return bySubscriber.merge(IpAddress.subscriberOf(address), 1, Integer::sum) <= ofOneAddress && free;
    }

    /** Gives a place back. */
    public void release(String address) {
        taken.decrementAndGet();
        bySubscriber.computeIfPresent(
                IpAddress.subscriberOf(address), (subscriber, count) -> count > 1 ? count - 1 : null);
    }
}
