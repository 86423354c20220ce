package org.wsnotify.servlet;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Warns once of each proxy that forwards requests and is not trusted: its clients then share one address, and lock each
 * other out by failed logins.
 *
 * <p>Strangers can send the headers of a proxy too, so only so many peers are named. Safe for use by many threads.
 */
public final class ProxyWarning {

    private static final System.Logger LOG = System.getLogger(ProxyWarning.class.getName());
    private static final int MOST_PEERS = 20;

    private final Set<String> peers = ConcurrentHashMap.newKeySet();

    /** A request was forwarded by a peer that is not trusted. */
    void forwardedBy(String peer) {
        if (peers.size() < MOST_PEERS && peers.add(peer)) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "{0} forwards requests but is not in notification.trusted-proxies: all its clients count as one address",
                    peer);
        }
    }
}
