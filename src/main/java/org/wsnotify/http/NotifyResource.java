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
import java.util.concurrent.CompletionStage;
import org.wsnotify.delivery.IdempotentNotifier;
import org.wsnotify.delivery.Publication;
import org.wsnotify.delivery.Receipt;
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
    PublicationQueue queue;

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

    /** Reads on the caller's thread, and waits for the store on none of the server's. */
    @POST
    public CompletionStage<Response> publish(InputStream body) {
        long began = System.nanoTime();
        Publication publication = read(body);
        Optional<String> key = idempotencyKey();
        boolean minimal = minimal();
        return queue.add(publication, () -> {
            String answer = ReceiptCodec.encode(receipt(publication, key), minimal);
            meters.published(Duration.ofNanos(System.nanoTime() - began));
            return Response.ok(answer, MediaType.APPLICATION_JSON_TYPE).build();
        });
    }

    private Publication read(InputStream body) {
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
        return new PublicationReader(parameters, settings.limits()).read();
    }

    /** Answers a question about what is allowed; what other origins may do is said at the entrance. */
    @OPTIONS
    public Response options() {
        return Response.noContent().header("Allow", CORS_METHODS).build();
    }

    private Receipt receipt(Publication publication, Optional<String> key) {
        return key.map(given ->
                        ReceiptCodec.restore(notifier.publish(given, publication, ReceiptCodec::keep), publication))
                .orElseGet(() -> notifier.publish(publication));
    }

    private Optional<String> idempotencyKey() {
        List<String> keys = headers.getRequestHeader("Idempotency-Key");
        if (keys == null || keys.isEmpty()) {
            return Optional.empty();
        }
        String key = keys.get(0);
        if (keys.size() > 1 || key.isBlank() || key.length() > LONGEST_KEY) {
            throw Problem.of(
                    400,
                    "bad-idempotency-key",
                    "Idempotency-Key is given once and has 1 to " + LONGEST_KEY + " characters.");
        }
        return Optional.of(key);
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
