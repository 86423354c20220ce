package org.wsnotify.session;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.wsnotify.client.IpAddress;

/**
 * Limits the connections to this server over all transports: their total, and those of one address.
 *
 * <p>The IPv6 addresses of one subscriber count as one. Safe for use by many threads.
 */
public final class ConnectionQuota {

    private final int max;
    private final int maxPerAddress;
    private final AtomicInteger total = new AtomicInteger();
    private final Map<String, Integer> bySubscriber = new ConcurrentHashMap<>();

    /**
     * @param max how many connections there may be
     * @param maxPerAddress how many of them from one address
     */
    public ConnectionQuota(int max, int maxPerAddress) {
        this.max = max;
        this.maxPerAddress = maxPerAddress;
    }

    /**
     * Counts a connection, which must be {@link #release released} whatever the result.
     *
     * @return false if it exceeds the quota: then it is to be closed
     */
    public boolean acquire(String address) {
        boolean withinTotal = total.incrementAndGet() <= max;
        return bySubscriber.merge(IpAddress.subscriberOf(address), 1, Integer::sum) <= maxPerAddress && withinTotal;
    }

    /** Counts a connection no longer. */
    public void release(String address) {
        total.decrementAndGet();
        bySubscriber.computeIfPresent(
                IpAddress.subscriberOf(address), (subscriber, count) -> count > 1 ? count - 1 : null);
    }
}
