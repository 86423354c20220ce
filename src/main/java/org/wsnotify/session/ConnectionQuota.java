package org.wsnotify.session;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.wsnotify.client.IpAddress;

/**
 * Limits the connections to this server over all transports: in total, and from one address.
 *
 * <p>The IPv6 addresses of one subscriber count as one. Safe for use by many threads.
 */
public final class ConnectionQuota {

    private final int max;
    private final int maxPerAddress;
    private final AtomicInteger total = new AtomicInteger();
    private final Map<String, Integer> bySubscriber = new ConcurrentHashMap<>();

    /**
     * @param max how many connections may be open
     * @param maxPerAddress how many of them may come from one address
     */
    public ConnectionQuota(int max, int maxPerAddress) {
        this.max = max;
        this.maxPerAddress = maxPerAddress;
    }

    /**
     * Counts a connection, which must be {@link #release released} whatever the result.
     *
     * @return false if it exceeds the quota; then the caller closes it
     */
    public boolean acquire(String address) {
        boolean withinTotal = total.incrementAndGet() <= max;
        return bySubscriber.merge(IpAddress.subscriberOf(address), 1, Integer::sum) <= maxPerAddress && withinTotal;
    }

    /** Stops counting a connection. */
    public void release(String address) {
        total.decrementAndGet();
        bySubscriber.computeIfPresent(
                IpAddress.subscriberOf(address), (subscriber, count) -> count > 1 ? count - 1 : null);
    }
}
