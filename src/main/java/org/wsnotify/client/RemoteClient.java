package org.wsnotify.client;

import java.security.Principal;
import java.util.Optional;

/**
 * Where a request comes from. The access filter determines it once, and everything behind the filter uses it.
 *
 * <p>It is a {@link Principal} because the principal is the only part of an upgrade request that every container passes
 * to a WebSocket session. Immutable.
 *
 * @param address the client's address; behind a trusted proxy, the one the proxy gave
 * @param local whether the caller is on this machine and the request was not forwarded
 */
public record RemoteClient(String address, boolean local) implements Principal {

    /** The request header that carries the client to the resources. A value from outside is overwritten. */
    public static final String HEADER = "X-Notification-Remote-Client";

    /** A client of which nothing is known. */
    public static final RemoteClient UNKNOWN = new RemoteClient("unknown", false);

    /** Reads the value of the header; null if there is none. */
    public static RemoteClient parse(String header) {
        if (header == null) {
            return UNKNOWN;
        }
        int space = header.indexOf(' ');
        return space < 0
                ? new RemoteClient(header, false)
                : new RemoteClient(
                        header.substring(0, space), header.substring(space + 1).equals("local"));
    }

    /** Returns the client that a container passes as the principal of a request. */
    public static Optional<RemoteClient> of(Principal principal) {
        return principal instanceof RemoteClient client
                ? Optional.of(client)
                : Optional.ofNullable(principal).map(other -> parse(other.getName()));
    }

    /** Returns the value of the header. */
    @Override
    public String getName() {
        return local ? address + " local" : address;
    }
}
