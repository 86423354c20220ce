package org.wsnotify.sockjs;

import java.security.SecureRandom;
import java.util.Map;
import java.util.stream.Collectors;
import org.wsnotify.wire.AsciiJson;

/**
 * Responses outside any session: the greeting, the service information, and the iframe page. Safe for use by many
 * threads.
 */
final class Pages {

    private static final int ENTROPY_BITS = 32;

    private final SecureRandom random = new SecureRandom();
    private final SockJsOptions options;
    private final Headers headers;
    private final IframePage iframe;

    Pages(SockJsOptions options, Headers headers) {
        this.options = options;
        this.headers = headers;
        this.iframe = new IframePage(options.client(), options.ancestors());
    }

    Reply.Whole greeting(Request request) {
        return new Reply.Whole(200, headers.of(request, Transport.Types.PLAIN), "Welcome to SockJS!\n");
    }

    Reply.Whole info(Request request) {
        String origins = options.anyOrigin()
                ? "\"*:*\""
                : options.origins().stream().map(AsciiJson::quote).collect(Collectors.joining(","));
        long entropy = random.nextLong() >>> (Long.SIZE - ENTROPY_BITS);
        return new Reply.Whole(
                200,
                headers.of(request, Transport.Types.JSON),
                "{\"websocket\":" + options.webSocket() + ",\"origins\":[" + origins + "],\"cookie_needed\":"
                        + options.cookie() + ",\"entropy\":" + entropy + "}");
    }

    Reply.Whole iframe(Request request) {
        boolean known =
                request.header("If-None-Match").filter(iframe.tag()::equals).isPresent();
        Map<String, String> all = headers.cacheable();
        all.put("ETag", iframe.tag());
        if (known) {
            return new Reply.Whole(304, all, "");
        }
        all.put("Content-Type", Transport.Types.HTML);
        all.put("Content-Security-Policy", iframe.policy());
        return new Reply.Whole(200, all, iframe.text());
    }
}
