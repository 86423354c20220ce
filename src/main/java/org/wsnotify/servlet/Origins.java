package org.wsnotify.servlet;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** The configured origins (RFC 6454) whose pages may connect besides those of the same origin. Immutable. */
public final class Origins {

    private static final String ANY = "*";

    private final Set<String> allowed;

    /** @param allowed such as {@code https://www.example.org}; {@code *} for any */
    public Origins(List<String> allowed) {
        this.allowed = allowed.stream().map(Origins::normal).collect(Collectors.toUnmodifiableSet());
    }

    boolean allows(String origin) {
        return allowed.contains(ANY) || allowed.contains(normal(origin));
    }

    /** Whether an origin has the host of the request. The scheme may differ, if a proxy ends TLS. */
    static boolean isSame(String origin, String host) {
        int scheme = origin.indexOf("://");
        if (host == null || scheme < 0) {
            return false;
        }
        String authority = origin.substring(scheme + "://".length());
        String port = origin.startsWith("https:") ? ":443" : ":80";
        return withoutPort(authority, port).equalsIgnoreCase(withoutPort(host, port));
    }

    private static String withoutPort(String authority, String port) {
        return authority.endsWith(port) ? authority.substring(0, authority.length() - port.length()) : authority;
    }

    private static String normal(String origin) {
        String lower = origin.toLowerCase(Locale.ROOT);
        return lower.endsWith("/") ? lower.substring(0, lower.length() - 1) : lower;
    }
}
