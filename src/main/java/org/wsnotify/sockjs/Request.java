package org.wsnotify.sockjs;

import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A request of a client.
 *
 * @param path what follows the prefix of the service, not decoded
 * @param query not decoded; null for none
 * @param headers returns the value of a header, or null
 * @param address where the client comes from
 */
public record Request(String method, String path, String query, UnaryOperator<String> headers, String address) {

    Optional<String> header(String name) {
        return Optional.ofNullable(headers.apply(name)).filter(value -> !value.isEmpty());
    }
}
