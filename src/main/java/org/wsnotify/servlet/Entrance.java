package org.wsnotify.servlet;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.wsnotify.session.RemoteClient;

/**
 * What the entrance knows: allowed origins, trusted proxies, and whether there is a demo. Immutable.
 *
 * @param origins pages of other origins that may connect
 * @param trustedProxies addresses of proxies whose {@code X-Forwarded-For} is believed
 * @param demo whether the demo page is shown
 */
public record Entrance(Origins origins, Set<String> trustedProxies, boolean demo) {

    private static final Set<String> LOOPBACK_NAMES = Set.of("localhost", "127.0.0.1", "[::1]", "::1");

    /** Where a request comes from. */
    RemoteClient clientOf(HttpServletRequest request) {
        String peer = bare(request.getRemoteAddr());
        boolean forwarded = isForwarded(request);
        String address = forwarded && trustedProxies.contains(peer) ? forwardedFor(request, peer) : peer;
        return new RemoteClient(address, !forwarded && isLoopback(peer) && hasLoopbackName(request));
    }

    private static boolean isForwarded(HttpServletRequest request) {
        return Collections.list(request.getHeaderNames()).stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .anyMatch(name -> name.equals("forwarded") || name.startsWith("x-forwarded-") || name.equals("via"));
    }

    /** The last address that a proxy we trust did not add itself: what stands before it, the client may have made up. */
    private String forwardedFor(HttpServletRequest request, String peer) {
        List<String> hops = Collections.list(request.getHeaders("X-Forwarded-For")).stream()
                .flatMap(line -> List.of(line.split(",")).stream())
                .map(hop -> bare(hop.strip()))
                .filter(hop -> !hop.isEmpty() && hop.length() <= 45)
                .toList();
        for (int i = hops.size() - 1; i >= 0; i--) {
            if (!trustedProxies.contains(hops.get(i))) {
                return hops.get(i);
            }
        }
        return peer;
    }

    private static String bare(String address) {
        String plain =
                address.startsWith("[") && address.endsWith("]") ? address.substring(1, address.length() - 1) : address;
        return plain.startsWith("::ffff:") ? plain.substring("::ffff:".length()) : plain;
    }

    private static boolean isLoopback(String address) {
        return address.startsWith("127.") || address.equals("::1") || address.equals("0:0:0:0:0:0:0:1");
    }

    /** A page of a foreign name that was made to point here (DNS rebinding) shows itself by its Host header. */
    private static boolean hasLoopbackName(HttpServletRequest request) {
        String host = request.getServerName();
        return host != null && LOOPBACK_NAMES.contains(host.toLowerCase(Locale.ROOT));
    }
}
