package org.wsnotify.presence;

import java.time.Instant;
import java.util.List;

/** Is told about the other servers. Called by one thread at a time; must not block for long, or the lease ends. */
public interface NodeListener {

    /** These are the other nodes now, live or not. Called every second or so. */
    void seen(List<Node> others);

    /**
     * The lease of a node has ended: it has probably died, perhaps between storing and telling.
     *
     * @param heardOf store time at which it lived for certain
     */
    void vanished(String node, Instant heardOf);

    /** The others gave this server up. It has a new id now, and may have missed anything. */
    void renamed();
}
