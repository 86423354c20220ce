package org.wsnotify.sockjs;

import java.util.List;

/**
 * How a service behaves.
 *
 * @param webSocket whether clients may try a WebSocket
 * @param cookie whether {@code JSESSIONID} is set, for load balancers that go by it
 * @param origins the origins of pages that may connect besides our own; {@code *} for any
 * @param client where the iframe page gets the SockJS client
 */
public record SockJsOptions(boolean webSocket, boolean cookie, List<String> origins, String client) {
    public SockJsOptions {
        origins = List.copyOf(origins);
    }

    boolean anyOrigin() {
        return origins.contains("*");
    }

    /** The pages that may put ours into a frame, and so speak from our origin. */
    String ancestors() {
        return anyOrigin() ? "*" : ("'self' " + String.join(" ", origins)).strip();
    }
}
