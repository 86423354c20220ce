package org.wsnotify.servlet;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * What a request asks for. Immutable.
 *
 * @param path the decoded path within the application, without empty and {@code .} segments
 * @param upgrade whether it asks for a WebSocket
 */
record RequestTarget(String path, boolean upgrade) {

    private static final Pattern SLASHES = Pattern.compile("/(\\./)*/*");

    static RequestTarget of(HttpServletRequest request) {
        String path = request.getServletPath() + Objects.requireNonNullElse(request.getPathInfo(), "");
        return new RequestTarget(
                SLASHES.matcher(path).replaceAll("/"), "websocket".equalsIgnoreCase(request.getHeader("Upgrade")));
    }

    private static final List<String> API =
            List.of("/notify", "/token", "/users", "/notifications", "/publications", "/backup");

    /** Whether it asks for what back ends call. */
    boolean isApi() {
        return API.stream().anyMatch(this::isBelow);
    }

    /** Whether it asks for a page or for what a page loads, and not for an API or a connection. */
    boolean isPage() {
        return !isApi() && !upgrade && !isBelow("/notification");
    }

    /** Whether it asks for a WebSocket, or for what a SockJS client reads first. */
    boolean beginsSession() {
        return upgrade || path.equals("/notification/info");
    }

    /** Whether the path is a folder or lies in it. */
    boolean isBelow(String folder) {
        return path.equals(folder) || path.startsWith(folder + "/");
    }
}
