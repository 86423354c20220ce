package org.wsnotify.http;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.OPTIONS;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.ext.Providers;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.wsnotify.delivery.IdempotentNotifier;
import org.wsnotify.delivery.Publication;
import org.wsnotify.meter.Meters;
import org.wsnotify.session.RemoteClient;

/**
 * {@code POST /notify}: what a back end calls. When it answers 200, every notification is stored durably and every mail is owed.
 *
 * <p>The parameters are described in {@code docs/protocol.md} and {@code /openapi}.
 */
@Path("")
@RequestScoped
public class NotifyResource {

    private static final int LONGEST_KEY = 255;
    private static final String CORS_METHODS = "POST, OPTIONS";

    @Inject
    IdempotentNotifier notifier;

    @Inject
    NotifySettings settings;

    @Inject
    Meters meters;

    @Context
    HttpHeaders headers;

    @Context
    UriInfo uri;

    @Context
    Providers providers;

    @POST
    public Response publish(InputStream body) {
        long began = System.nanoTime();
        RemoteClient caller = RemoteClient.parse(headers.getHeaderString(RemoteClient.HEADER));
        Optional<String> shown = keyInHeaders().or(() -> keyInQuery());
        if (shown.isPresent() || !settings.keysConfigured()) {
            settings.access().check(shown, caller); // before a byte of the body is read
        }
        Parameters parameters =
                new ParameterReader(providers, settings.mostBytes()).read(headers, uri.getQueryParameters(), body);
        if (shown.isEmpty()) {
            settings.access().check(parameters.text("apikey"), caller);
        }
        Publication publication = new PublicationReader(parameters, settings.limits()).read();
        String answer = answer(publication);
        meters.published(Duration.ofNanos(System.nanoTime() - began));
        return Response.ok(minimal() ? ReceiptCodec.minimal(answer) : answer, MediaType.APPLICATION_JSON_TYPE)
                .build();
    }

    /** Answers a question about what is allowed; what other origins may do is said at the entrance. */
    @OPTIONS
    public Response options() {
        return Response.noContent().header("Allow", CORS_METHODS).build();
    }

    private String answer(Publication publication) {
        List<String> keys = headers.getRequestHeader("Idempotency-Key");
        if (keys == null || keys.isEmpty()) {
            return ReceiptCodec.encode(notifier.publish(publication));
        }
        String key = keys.get(0);
        if (keys.size() > 1 || key.isBlank() || key.length() > LONGEST_KEY) {
            throw Problem.of(
                    400,
                    "bad-idempotency-key",
                    "Idempotency-Key is given once and has 1 to " + LONGEST_KEY + " characters.");
        }
        return notifier.publish(key, publication, ReceiptCodec::encode);
    }

    private boolean minimal() {
        List<String> prefer = headers.getRequestHeader("Prefer");
        return prefer != null
                && prefer.stream()
                        .anyMatch(value -> value.toLowerCase(Locale.ROOT).contains("return=minimal"));
    }

    private Optional<String> keyInHeaders() {
        String authorization = headers.getHeaderString(HttpHeaders.AUTHORIZATION);
        if (authorization != null && authorization.regionMatches(true, 0, "Bearer ", 0, "Bearer ".length())) {
            return Optional.of(authorization.substring("Bearer ".length()).strip());
        }
        return Optional.ofNullable(headers.getHeaderString("X-API-Key"));
    }

    private Optional<String> keyInQuery() {
        return Optional.ofNullable(uri.getQueryParameters().getFirst("apikey"));
    }
}
