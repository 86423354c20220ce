package org.wsnotify.relay;

/**
 * Is told what other nodes tell this one, by one thread, in the order of each node. Must not block: what it delays is
 * late for everybody here.
 */
public interface RelayListener {

    /** Tells the sessions on this server. */
    void received(RelayEvent event);

    /** Events for this node are lost: what its sessions show may be wrong. */
    void lost();
}
