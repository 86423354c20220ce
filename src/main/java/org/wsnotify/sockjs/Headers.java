package org.wsnotify.sockjs;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Response headers, and responses that consist of headers only. Safe for use by many threads. */
final class Headers {

    private static final Duration YEAR = Duration.ofDays(365);

    /** RFC 9110, section 5.6.7: the day of the month has two digits. */
    private static final DateTimeFormatter HTTP_DATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH);

    private static final String COOKIE = "JSESSIONID";
    private static final Pattern COOKIE_VALUE =
            Pattern.compile("[\\x21\\x23-\\x2b\\x2d-\\x3a\\x3c-\\x5b\\x5d-\\x7e]{1,256}");
    private static final Pattern HEADER_NAMES = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z, -]{1,1024}");

    private final SockJsOptions options;
    private final Clock clock;

    Headers(SockJsOptions options, Clock clock) {
        this.options = options;
        this.clock = clock;
    }

    /** Returns the headers of a response that must not be cached. */
    Map<String, String> of(Request request, String contentType) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("Content-Type", contentType);
        all.put("Cache-Control", "no-store, no-cache, no-transform, must-revalidate, max-age=0");
        origin(request, all);
        return all;
    }

    /** Returns the headers of a response that may be cached for a year. */
    Map<String, String> cacheable() {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("Cache-Control", "public, max-age=" + YEAR.toSeconds());
        all.put("Expires", HTTP_DATE.format(clock.instant().plus(YEAR).atOffset(ZoneOffset.UTC)));
        return all;
    }

    private static void origin(Request request, Map<String, String> all) {
        Optional<String> origin = request.header("Origin");
        all.put("Access-Control-Allow-Origin", origin.orElse("*"));
        if (origin.isPresent()) {
            all.put("Access-Control-Allow-Credentials", "true");
        }
        all.put("Vary", "Origin");
    }

    /** Sets the cookie for load balancers, with the value that the client already has. */
    void cookie(Request request, Map<String, String> all) {
        if (options.cookie()) {
            String value =
                    request.header("Cookie").flatMap(Headers::valueOfCookie).orElse("dummy");
            all.put("Set-Cookie", COOKIE + "=" + value + "; path=/");
        }
    }

    private static Optional<String> valueOfCookie(String header) {
        return Arrays.stream(header.split(";", -1))
                .map(String::strip)
                .filter(pair -> pair.startsWith(COOKIE + "="))
                .map(pair -> pair.substring(COOKIE.length() + 1))
                .filter(value -> COOKIE_VALUE.matcher(value).matches())
                .findFirst();
    }

    /** Answers a CORS preflight. */
    Reply.Whole options(Request request, String method) {
        Map<String, String> all = cacheable();
        origin(request, all);
        all.put("Access-Control-Allow-Methods", "OPTIONS, " + method);
        all.put("Access-Control-Max-Age", String.valueOf(YEAR.toSeconds()));
        request.header("Access-Control-Request-Headers")
                .filter(names -> HEADER_NAMES.matcher(names).matches())
                .ifPresent(names -> all.put("Access-Control-Allow-Headers", names));
        return new Reply.Whole(204, all, "");
    }

    Reply.Whole notAllowed(String methods) {
        return new Reply.Whole(405, Map.of("Allow", methods), "");
    }

    Reply.Whole notFound(Request request) {
        return new Reply.Whole(404, of(request, Transport.Types.PLAIN), "");
    }
}
