package org.wsnotify.sockjs;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.wsnotify.channel.Channel;
import org.wsnotify.form.MalformedFormException;
import org.wsnotify.meter.Meters;

/**
 * A SockJS service: answers every request under its prefix except the WebSockets themselves.
 *
 * <p>The access filter has already checked the origin. Safe for use by many threads.
 */
public final class SockJsService {

    private static final Pattern IFRAME = Pattern.compile("/iframe[0-9a-z._-]*\\.html");

    private final Channel.Application application;
    private final SockJsOptions options;
    private final SockJsLimits limits;
    private final PollingSessions sessions;
    private final Headers headers;
    private final Pages pages;

    /**
     * @param application handles the sessions
     * @param later runs a task, which does not block, after a delay
     */
    public SockJsService(
            Channel.Application application,
            SockJsOptions options,
            SockJsLimits limits,
            Clock clock,
            BiConsumer<Duration, Runnable> later,
            Meters meters) {
        this.application = application;
        this.options = options;
        this.limits = limits;
        this.sessions = new PollingSessions(application, limits, clock, later, meters);
        this.headers = new Headers(options, clock);
        this.pages = new Pages(options, headers);
    }

    /** Returns what handles the sessions, for WebSockets. */
    public Channel.Application application() {
        return application;
    }

    /** Ends sessions without requests. To be called about once a second. */
    public void sweep() {
        sessions.sweep();
    }

    /** Returns how many sessions without a WebSocket are open. */
    public int size() {
        return sessions.size();
    }

    /** Answers a request. */
    public Reply handle(Request request) {
        return switch (request.path()) {
            case "", "/" -> get(request, () -> pages.greeting(request));
            case "/info" -> get(request, () -> pages.info(request));
            case "/websocket" -> webSocket(request);
            default ->
                IFRAME.matcher(request.path()).matches() ? get(request, () -> pages.iframe(request)) : session(request);
        };
    }

    private Reply.Whole get(Request request, Supplier<Reply.Whole> answer) {
        return switch (request.method()) {
            case "GET" -> answer.get();
            case "OPTIONS" -> headers.options(request, "GET");
            default -> headers.notAllowed("OPTIONS, GET");
        };
    }

    private Reply session(Request request) {
        Optional<SessionPath> path = SessionPath.parse(request.path());
        if (path.isEmpty()) {
            return headers.notFound(request);
        }
        if (path.get().last().equals("websocket")) {
            return webSocket(request);
        }
        return Transport.at(path.get().last())
                .<Reply>map(transport -> session(request, transport, path.get().session()))
                .orElseGet(() -> headers.notFound(request));
    }

    private Reply session(Request request, Transport transport, String id) {
        if (request.method().equals("OPTIONS")) {
            return headers.options(request, transport.method());
        }
        if (!request.method().equals(transport.method())) {
            return headers.notAllowed("OPTIONS, " + transport.method());
        }
        if (transport.kind() != Transport.Kind.SEND) {
            return receive(request, transport, id);
        }
        return sessions.find(request.address(), id).isPresent()
                ? new Reply.Upload(limits.bodyBytes(), body -> send(request, transport, id, body))
                : headers.notFound(request); // its body is not read
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
        String callback;
        try {
            callback =
                    transport.needsCallback() ? Form.value(request.query(), "c").orElse("") : "";
        } catch (MalformedFormException e) {
            return failure(request, e.getMessage());
        }
        if (transport.needsCallback() && callback.isEmpty()) {
            return failure(request, "\"callback\" parameter required");
        }
        if (transport.needsCallback() && !Form.isCallback(callback)) {
            return failure(request, "invalid \"callback\" parameter");
        }
        Map<String, String> all = headers.of(request, transport.contentType());
        headers.cookie(request, all);
        if (transport == Transport.HTML_FILE) {
            all.put(
                    "Content-Security-Policy",
                    "default-src 'none'; script-src 'unsafe-inline'; base-uri 'none'; frame-ancestors "
                            + options.ancestors());
        }
        return new Reply.Stream(
                all, writer -> sessions.receive(request.address(), id, new Receiver(transport, callback, writer)));
    }

    private Reply.Whole failure(Request request, String text) {
        return new Reply.Whole(500, headers.of(request, Transport.Types.PLAIN), text);
    }

    /** @param body null if it is too long */
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
        try {
            session.get().messages(MessageReader.read(request, transport, body));
        } catch (BadBodyException e) {
            return new Reply.Whole(500, all, e.getMessage());
        }
        return transport == Transport.JSONP_SEND ? new Reply.Whole(200, all, "ok") : new Reply.Whole(204, all, "");
    }
}
