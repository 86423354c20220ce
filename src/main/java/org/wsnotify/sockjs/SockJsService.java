package org.wsnotify.sockjs;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.wsnotify.meter.Meters;
import org.wsnotify.session.Channel;
import org.wsnotify.wire.AsciiJson;

/**
 * A SockJS service: answers everything under its prefix except the WebSockets themselves.
 *
 * <p>Whether an origin may come in at all was decided at the entrance. Safe for use by many threads.
 */
public final class SockJsService {

    private static final Pattern IFRAME = Pattern.compile("/iframe[0-9a-z._-]*\\.html");
    private static final int ENTROPY_BITS = 32;

    private final SecureRandom random = new SecureRandom();
    private final Channel.Application application;
    private final Options options;
    private final Limits limits;
    private final PollingSessions sessions;
    private final Headers headers;
    private final IframePage iframe;

    /**
     * @param application what is said over the sessions
     * @param later runs a task, which does not block, after a delay
     */
    public SockJsService(
            Channel.Application application,
            Options options,
            Limits limits,
            Clock clock,
            BiConsumer<Duration, Runnable> later,
            Meters meters) {
        this.application = application;
        this.options = options;
        this.limits = limits;
        this.sessions = new PollingSessions(application, limits, clock, later, meters);
        this.headers = new Headers(options, clock);
        this.iframe = new IframePage(options.client(), options.ancestors());
    }

    /** What is said over the sessions, for WebSockets. */
    public Channel.Application application() {
        return application;
    }

    /** Ends what nobody asks for any more. Call it about once a second. */
    public void sweep() {
        sessions.sweep();
    }

    /** How many sessions without a WebSocket there are. */
    public int size() {
        return sessions.size();
    }

    /** Answers a request. */
    public Reply handle(Request request) {
        return switch (request.path()) {
            case "", "/" -> get(request, () -> greeting(request));
            case "/info" -> get(request, () -> info(request));
            case "/websocket" -> webSocket(request);
            default ->
                IFRAME.matcher(request.path()).matches() ? get(request, () -> iframe(request)) : session(request);
        };
    }

    private Reply.Whole get(Request request, Supplier<Reply.Whole> answer) {
        return switch (request.method()) {
            case "GET" -> answer.get();
            case "OPTIONS" -> headers.options(request, "GET");
            default -> headers.notAllowed("OPTIONS, GET");
        };
    }

    private Reply.Whole greeting(Request request) {
        return new Reply.Whole(200, headers.of(request, Transport.Types.PLAIN), "Welcome to SockJS!\n");
    }

    private Reply.Whole info(Request request) {
        String origins = options.anyOrigin()
                ? "\"*:*\""
                : String.join(
                        ",", options.origins().stream().map(AsciiJson::quote).toList());
        long entropy = random.nextLong() >>> (Long.SIZE - ENTROPY_BITS);
        return new Reply.Whole(
                200,
                headers.of(request, Transport.Types.JSON),
                "{\"websocket\":" + options.webSocket() + ",\"origins\":[" + origins + "],\"cookie_needed\":"
                        + options.cookie() + ",\"entropy\":" + entropy + "}");
    }

    private Reply.Whole iframe(Request request) {
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

    private Reply session(Request request) {
        Optional<List<String>> parts = segments(request.path());
        if (parts.isEmpty()) {
            return headers.notFound(request);
        }
        String id = parts.get().get(1);
        String last = parts.get().get(2);
        if (last.equals("websocket")) {
            return webSocket(request);
        }
        Optional<Transport> transport = Transport.at(last);
        if (transport.isEmpty()) {
            return headers.notFound(request);
        }
        if (request.method().equals("OPTIONS")) {
            return headers.options(request, transport.get().method());
        }
        if (!request.method().equals(transport.get().method())) {
            return headers.notAllowed("OPTIONS, " + transport.get().method());
        }
        return transport.get().kind() == Transport.Kind.SEND
                ? send(request, transport.get(), id)
                : receive(request, transport.get(), id);
    }

    /** The server, the session and the transport; empty for any other form. */
    private static Optional<List<String>> segments(String path) {
        String[] raw = path.split("/", -1);
        if (raw.length != 4 || !raw[0].isEmpty()) {
            return Optional.empty();
        }
        List<String> segments = new ArrayList<>();
        for (int i = 1; i < raw.length; i++) {
            Optional<String> segment = Form.decode(raw[i], false);
            if (segment.isEmpty()
                    || segment.get().isEmpty()
                    || segment.get().contains(".")
                    || segment.get().contains("/")) {
                return Optional.empty();
            }
            segments.add(segment.get());
        }
        return Optional.of(segments);
    }

    private Reply webSocket(Request request) {
        if (!options.webSocket()) {
            return headers.notFound(request);
        }
        if (!request.method().equals("GET")) {
            return headers.notAllowed("GET");
        }
        boolean upgrade =
                request.header("Upgrade").filter("websocket"::equalsIgnoreCase).isPresent();
        return new Reply.Whole(
                400,
                headers.of(request, Transport.Types.PLAIN),
                upgrade ? "\"Connection\" must be \"Upgrade\"." : "Can \"Upgrade\" only to \"WebSocket\".");
    }

    private Reply receive(Request request, Transport transport, String id) {
        Optional<String> callback = Optional.of("");
        if (transport.needsCallback()) {
            callback = Form.value(request.query(), "c");
            if (callback.isEmpty() || callback.get().isEmpty()) {
                return new Reply.Whole(
                        500, headers.of(request, Transport.Types.PLAIN), "\"callback\" parameter required");
            }
            if (!Form.isCallback(callback.get())) {
                return new Reply.Whole(
                        500, headers.of(request, Transport.Types.PLAIN), "invalid \"callback\" parameter");
            }
        }
        Map<String, String> all = headers.of(request, transport.contentType());
        headers.cookie(request, all);
        if (transport == Transport.HTML_FILE) {
            all.put(
                    "Content-Security-Policy",
                    "default-src 'none'; script-src 'unsafe-inline'; base-uri 'none'; frame-ancestors "
                            + options.ancestors());
        }
        String name = callback.get();
        return new Reply.Stream(
                all,
                outlet ->
                        sessions.receive(request.address(), id, new PollingSession.Receiver(transport, name, outlet)));
    }

    private Reply send(Request request, Transport transport, String id) {
        return new Reply.Upload(limits.bodyBytes(), body -> send(request, transport, id, body));
    }

    private Reply.Whole send(Request request, Transport transport, String id, byte[] body) {
        Optional<PollingSession> session = sessions.find(request.address(), id);
        if (session.isEmpty()) {
            return headers.notFound(request);
        }
        Map<String, String> all = headers.of(request, Transport.Types.PLAIN);
        headers.cookie(request, all);
        if (body == null) {
            return new Reply.Whole(413, all, "Payload too large.");
        }
        Optional<String> payload = payload(request, transport, body);
        if (payload.isEmpty()) {
            return new Reply.Whole(500, all, "Broken JSON encoding.");
        }
        if (payload.get().isEmpty()) {
            return new Reply.Whole(500, all, "Payload expected.");
        }
        try {
            session.get().messages(AsciiJson.strings(payload.get()));
        } catch (AsciiJson.NoStringsException e) {
            return new Reply.Whole(500, all, "Broken JSON encoding.");
        }
        return transport == Transport.JSONP_SEND ? new Reply.Whole(200, all, "ok") : new Reply.Whole(204, all, "");
    }

    /** What was sent, as text; empty text for nothing, empty when it is no UTF-8. */
    private static Optional<String> payload(Request request, Transport transport, byte[] body) {
        Optional<String> text = utf8(body);
        boolean form = transport == Transport.JSONP_SEND
                && request.header("Content-Type")
                        .filter(type -> type.toLowerCase(Locale.ROOT).startsWith("application/x-www-form-urlencoded"))
                        .isPresent();
        return form ? text.map(all -> Form.value(all, "d").orElse("")) : text;
    }

    private static Optional<String> utf8(byte[] bytes) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
