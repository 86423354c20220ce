package org.wsnotify.servlet;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.wsnotify.client.IpAddress;
import org.wsnotify.client.IpRange;
import org.wsnotify.client.RemoteClient;

/**
 * The configured rules of access, and which client a request comes from. Immutable.
 *
 * @param origins the origins whose pages may connect
 * @param trustedProxies the proxies whose {@code X-Forwarded-For} is believed
 * @param demo whether the demo page is served
 */
public record AccessPolicy(Origins origins, List<IpRange> trustedProxies, boolean demo) {

    /** The headers that proxies, load balancers and content networks add to a request they forward. */
    private static final Set<String> FORWARDING = Set.of("x-real-ip", "via", "x-envoy-external-address");

    private static final List<String> FORWARDING_BEGIN =
            List.of("forwarded", "x-forwarded", "x-original-", "cf-", "$ws");
    private static final List<String> FORWARDING_END = List.of("client-ip", "clientip", "-connecting-ip");

    /** The values of {@code Sec-Fetch-Site} for requests not made by a page of another origin (Fetch Metadata). */
    private static final Set<String> OWN_SITES = Set.of("same-origin", "none");

    /**
     * Returns the client of a request. A request by a page of another origin is never local, even if that page may
     * connect: its browser runs on this host, but its author does not.
     */
    RemoteClient clientOf(HttpServletRequest request) {
        boolean forwarded = isForwarded(request);
        return IpAddress.parse(request.getRemoteAddr())
                .map(peer -> new RemoteClient(
                        (forwarded ? forwardedFor(request, peer) : peer).text(),
                        !forwarded && peer.isLoopback() && hasLoopbackName(request) && !isOfForeignPage(request)))
                .orElse(RemoteClient.UNKNOWN);
    }

    /** Whether an untrusted proxy forwarded a request: all its clients count as one address. */
    boolean isForwardedByStranger(HttpServletRequest request) {
        return isForwarded(request)
                && !IpAddress.parse(request.getRemoteAddr())
                        .filter(this::isTrusted)
                        .isPresent();
    }

    /**
     * Headers {@code $WS...} are sent to Open Liberty by a web server with IBM's plug-in; anybody else can send them
     * too.
     */
    private static boolean isForwarded(HttpServletRequest request) {
        for (Enumeration<String> names = request.getHeaderNames(); names.hasMoreElements(); ) {
            if (isOfProxy(names.nextElement())) {
                return true;
            }
        }
        return false;
    }

    /** Servers and proxies may take {@code _} for {@code -}. */
    private static boolean isOfProxy(String header) {
        String name = header.toLowerCase(Locale.ROOT).replace('_', '-');
        if (FORWARDING.contains(name)) {
            return true;
        }
        for (String begin : FORWARDING_BEGIN) {
            if (name.startsWith(begin)) {
                return true;
            }
        }
        for (String end : FORWARDING_END) {
            if (name.endsWith(end)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOfForeignPage(HttpServletRequest request) {
        String site = request.getHeader("Sec-Fetch-Site");
        String origin = request.getHeader("Origin");
        return (site != null && !OWN_SITES.contains(site))
                || (origin != null && !Origins.isSame(origin, request.getHeader("Host")));
    }

    /** Returns the nearest address that is not a trusted proxy. The client may have forged all before it. */
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
     * Detects DNS rebinding: a page under a foreign name that points here is known by its Host header, which the server
     * may override with others.
     */
    private static boolean hasLoopbackName(HttpServletRequest request) {
        String host = request.getHeader("Host");
        return isLoopbackName(request.getServerName()) && (host == null || isLoopbackName(withoutPort(host)));
    }

    private static boolean isLoopbackName(String name) {
        return "localhost".equalsIgnoreCase(name)
                || IpAddress.parse(name).filter(IpAddress::isLoopback).isPresent();
    }

    /** Removes the port; that of an IPv6 address only if the address is in brackets. */
    private static String withoutPort(String host) {
        int colon = host.lastIndexOf(':');
        boolean behindBrackets = colon > 0 && host.charAt(colon - 1) == ']';
        boolean onlyOne = colon >= 0 && host.indexOf(':') == colon;
        return behindBrackets || onlyOne ? host.substring(0, colon) : host;
    }
}
