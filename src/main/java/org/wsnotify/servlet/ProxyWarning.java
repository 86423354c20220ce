package org.wsnotify.servlet;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Logs each untrusted proxy once: its clients share one address, and can lock each other out by failed logins.
 *
 * <p>Strangers can send the headers of a proxy too, so the number of logged peers is limited. Safe for use by many
 * threads.
 */
public final class ProxyWarning {

    private static final System.Logger LOG = System.getLogger(ProxyWarning.class.getName());
    private static final int MOST_PEERS = 20;

    private final Set<String> peers = ConcurrentHashMap.newKeySet();

    /** Records that an untrusted peer forwarded a request. */
    void forwardedBy(String peer) {
        if (peers.size() < MOST_PEERS && peers.add(peer)) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "{0} forwards requests but is not in notification.trusted-proxies: "
                            + "all its clients count as one address",
                    peer);
        }
    }
}
