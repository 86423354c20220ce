package org.wsnotify.servlet;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.wsnotify.client.IpAddress;
import org.wsnotify.client.IpRange;
import org.wsnotify.client.RemoteClient;

/**
 * What the entrance knows: allowed origins, trusted proxies, and whether there is a demo. Immutable.
 *
 * @param origins pages of other origins that may connect
 * @param trustedProxies proxies whose {@code X-Forwarded-For} is believed
 * @param demo whether the demo page is shown
 */
public record AccessPolicy(Origins origins, List<IpRange> trustedProxies, boolean demo) {

    /**
     * Every header by which a proxy, a load balancer or a content network says that it forwards; {@code _} is read as
     * {@code -}.
     */
    private static final Pattern FORWARDING = Pattern.compile(
            "forwarded.*|x-forwarded.*|x-original-.*|x-real-ip|via|.*client-?ip|cf-.*|.*-connecting-ip"
                    + "|x-envoy-external-address|\\$ws.*",
            Pattern.CASE_INSENSITIVE);

    /** What a browser says of requests that no page of another origin made (Fetch Metadata). */
    private static final Set<String> OWN_SITES = Set.of("same-origin", "none");

    /**
     * Where a request comes from. What a page of another origin asks for is never local, whether or not that page may
     * connect: the browser that sends it runs on this host, and whoever wrote the page does not.
     */
    RemoteClient clientOf(HttpServletRequest request) {
        boolean forwarded = isForwarded(request);
        return IpAddress.parse(request.getRemoteAddr())
                .map(peer -> new RemoteClient(
                        (forwarded ? forwardedFor(request, peer) : peer).text(),
                        !forwarded && peer.isLoopback() && hasLoopbackName(request) && !isOfForeignPage(request)))
                .orElse(RemoteClient.UNKNOWN);
    }

    /** Whether a proxy that is not trusted forwarded a request: all its clients count as one address. */
    boolean isForwardedByStranger(HttpServletRequest request) {
        return isForwarded(request)
                && !IpAddress.parse(request.getRemoteAddr())
                        .filter(this::isTrusted)
                        .isPresent();
    }

    /**
     * {@code $WS...} are what a web server with IBM's plug-in tells Open Liberty, and what anybody else can send as
     * well.
     */
    private static boolean isForwarded(HttpServletRequest request) {
        return Collections.list(request.getHeaderNames()).stream()
                .map(name -> name.replace('_', '-'))
                .anyMatch(name -> FORWARDING.matcher(name).matches());
    }

    private static boolean isOfForeignPage(HttpServletRequest request) {
        String site = request.getHeader("Sec-Fetch-Site");
        String origin = request.getHeader("Origin");
        return (site != null && !OWN_SITES.contains(site))
                || (origin != null && !Origins.isSame(origin, request.getHeader("Host")));
    }

    /** The nearest address that no proxy we trust has: what stands before it, the client may have made up. */
    private IpAddress forwardedFor(HttpServletRequest request, IpAddress peer) {
        List<String> hops = Collections.list(request.getHeaders("X-Forwarded-For")).stream()
                .flatMap(line -> List.of(line.split(",")).stream())
                .map(String::strip)
                .filter(hop -> !hop.isEmpty())
                .toList();
        IpAddress nearest = peer;
        for (int i = hops.size() - 1; i >= 0 && isTrusted(nearest); i--) {
            Optional<IpAddress> hop = IpAddress.parse(withoutPort(hops.get(i)));
            if (hop.isEmpty()) {
                return nearest;
            }
            nearest = hop.get();
        }
        return nearest;
    }

    private boolean isTrusted(IpAddress address) {
        return trustedProxies.stream().anyMatch(range -> range.contains(address));
    }

    /**
     * A page of a foreign name that was made to point here (DNS rebinding) shows itself by its Host header, whatever
     * the server makes of that and of others.
     */
    private static boolean hasLoopbackName(HttpServletRequest request) {
        String host = request.getHeader("Host");
        return isLoopbackName(request.getServerName()) && (host == null || isLoopbackName(withoutPort(host)));
    }

    private static boolean isLoopbackName(String name) {
        return "localhost".equalsIgnoreCase(name)
                || IpAddress.parse(name).filter(IpAddress::isLoopback).isPresent();
    }

    /** Of an IPv6 address only in brackets. */
    private static String withoutPort(String host) {
        int colon = host.lastIndexOf(':');
        boolean behindBrackets = colon > 0 && host.charAt(colon - 1) == ']';
        boolean onlyOne = colon >= 0 && host.indexOf(':') == colon;
        return behindBrackets || onlyOne ? host.substring(0, colon) : host;
    }
}
