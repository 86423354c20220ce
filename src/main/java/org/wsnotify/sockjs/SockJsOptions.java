package org.wsnotify.sockjs;

import java.util.List;

/**
 * How a service behaves.
 *
 * @param webSocket whether clients may try a WebSocket
 * @param cookie whether {@code JSESSIONID} is set, for load balancers with sticky sessions
 * @param origins the origins of other pages that may connect; {@code *} for any
 * @param client the URL of the SockJS client for the iframe page
 */
public record SockJsOptions(boolean webSocket, boolean cookie, List<String> origins, String client) {
    public SockJsOptions {
        origins = List.copyOf(origins);
    }

    boolean anyOrigin() {
        return origins.contains("*");
    }

    /** Returns the value of {@code frame-ancestors}: the pages that may frame ours, and so speak from our origin. */
    String ancestors() {
        return anyOrigin() ? "*" : ("'self' " + String.join(" ", origins)).strip();
    }
}
