package org.wsnotify.sockjs;

import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What a client asks for.
 *
 * @param path what stands behind the service's prefix, as it was sent: not decoded
 * @param query as it was sent; null for none
 * @param headers gives the value of a header, or null
 * @param address where the client comes from
 */
public record Request(String method, String path, String query, UnaryOperator<String> headers, String address) {

    Optional<String> header(String name) {
        return Optional.ofNullable(headers.apply(name)).filter(value -> !value.isEmpty());
    }
}
