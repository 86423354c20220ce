package org.wsnotify.client;

import java.security.Principal;
import java.util.Optional;

/**
 * Where a request comes from, as found out once, at the entrance, and handed on to whatever serves it.
 *
 * <p>It is a {@link Principal} because that is the one thing of an upgrade request that every container hands on to a
 * WebSocket session.
 *
 * @param address the client's address; behind a trusted proxy, the one the proxy gave
 * @param local whether the caller is on this very machine, and nothing forwarded the request
 */
public record RemoteClient(String address, boolean local) implements Principal {

    /** The request header that carries it to the resources; what a client sends in it is overwritten. */
    public static final String HEADER = "X-Notification-Remote-Client";

    /** Nothing is known. */
    public static final RemoteClient UNKNOWN = new RemoteClient("unknown", false);

    /** Reads the value of the header. */
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

    /** Finds it in what a container gives as the user of a request. */
    public static Optional<RemoteClient> of(Principal principal) {
        return principal instanceof RemoteClient client
                ? Optional.of(client)
                : Optional.ofNullable(principal).map(other -> parse(other.getName()));
    }

    /** The value of the header. */
    @Override
    public String getName() {
        return local ? address + " local" : address;
    }
}
