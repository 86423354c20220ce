package org.wsnotify.mongo;

import com.mongodb.MongoSecurityException;
import com.mongodb.MongoSocketReadException;
import com.mongodb.connection.ClusterDescription;
import com.mongodb.connection.ServerDescription;
import com.mongodb.connection.ServerType;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import javax.net.ssl.SSLException;

/**
 * Explains in one line why no server that takes writes is known. For each server it names the first cause. It names
 * hosts, and nothing else of the URI.
 */
final class Reachability {

    private static final int MOST_SERVERS = 5;
    private static final int MOST_CHARACTERS = 200;
    private static final int MOST_CAUSES = 20;

    private Reachability() {}

    /** @param hosts the hosts of the URI, with their ports; empty if it names an SRV record */
    static String reason(ClusterDescription cluster, List<String> hosts) {
        if (cluster.getSrvResolutionException() != null) {
            return "the SRV record of the URI cannot be looked up: " + why(cluster.getSrvResolutionException());
        }
        List<ServerDescription> servers = cluster.getServerDescriptions();
        String wanted = cluster.getClusterSettings().getRequiredReplicaSetName();
        if (servers.isEmpty()) {
            return wanted == null ? "no server is known" : "no server of the URI is in the replica set " + wanted;
        }
        return servers.stream()
                .limit(MOST_SERVERS)
                .map(server -> name(server, hosts) + ": " + state(server, wanted))
                .collect(Collectors.joining("; "));
    }

    /** A replica set may name its members in a way that only they can resolve. */
    private static String name(ServerDescription server, List<String> hosts) {
        String address = server.getAddress().toString();
        return hosts.isEmpty() || hosts.contains(address)
                ? address
                : address + " (as the replica set calls it, not the URI)";
    }

    private static String state(ServerDescription server, String wanted) {
        if (server.getException() != null) {
            return why(server.getException());
        }
        ServerType type = server.getType();
        return switch (type) {
            // To the driver, a server of another replica set, or of none, stays unknown.
            case UNKNOWN -> wanted == null ? "no answer yet" : "no answer yet, or not in the replica set " + wanted;
            case REPLICA_SET_GHOST -> "a member of a replica set that is not initiated";
            default -> type.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        };
    }

    private static String why(Throwable thrown) {
        Throwable first = thrown;
        boolean tls = thrown instanceof SSLException;
        boolean login = thrown instanceof MongoSecurityException;
        for (int depth = 0; first.getCause() != null && depth < MOST_CAUSES; depth++) {
            first = first.getCause();
            tls |= first instanceof SSLException;
            login |= first instanceof MongoSecurityException;
        }
        if (login) {
            return MongoFailures.REFUSED_LOGIN;
        }
        if (first instanceof UnknownHostException) {
            return "unknown host";
        }
        if (first instanceof SocketTimeoutException) {
            return "no answer in time";
        }
        if (first instanceof MongoSocketReadException) {
            return "closes connections; if it wants TLS, the URI needs tls=true";
        }
        return (tls ? "TLS: " : "")
                + oneLine(first.getMessage() == null ? first.getClass().getSimpleName() : first.getMessage());
    }

    private static String oneLine(String message) {
        String line = message.replaceAll("\\p{C}+", " ");
        return line.substring(0, Math.min(line.length(), MOST_CHARACTERS));
    }
}
