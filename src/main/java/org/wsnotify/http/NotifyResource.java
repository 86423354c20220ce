package org.wsnotify.http;

import jakarta.enterprise.context.ApplicationScoped;
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
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.wsnotify.delivery.Publication;
import org.wsnotify.delivery.PublicationQueue;
import org.wsnotify.meter.Meters;
import org.wsnotify.presence.StoreClock;
import org.wsnotify.problem.ProblemCode;

/**
 * {@code POST /notify}, called by back ends. A 200 guarantees that every notification is stored and every mail is owed.
 *
 * <p>The parameters are described in {@code docs/protocol.md} and {@code /openapi}. One object serves all requests.
 * The fields with {@code @Context} give the current request, only on its own thread.
 */
@Path("")
@ApplicationScoped
public class NotifyResource {

    private static final String IDEMPOTENCY_KEY = "Idempotency-Key";
    private static final int LONGEST_KEY = 255;

    private static final String CORS_METHODS = "POST, OPTIONS";

    @Inject
    PublicationQueue queue;

    @Inject
    PublisherAccess access;

    @Inject
    PublicationLimits limits;

    @Inject
    Meters meters;

    @Inject
    StoreClock clock;

    @Context
    HttpHeaders headers;

    @Context
    UriInfo uri;

    @Context
    Providers providers;

    /**
     * Reads the request on its own thread; no thread of the server waits for the store. What fails later is answered
     * here: Open Liberty does not always find the mapper of an exception that comes while the request's thread ends.
     */
    @POST
    public CompletionStage<Response> publish(InputStream body) {
        long began = System.nanoTime();
        boolean mayRepeat = !idempotencyKeys().isEmpty();
        Preferences preferences = Preferences.parse(headers.getRequestHeader("Prefer"));
        CallerRequest received =
                CallerRequest.read(body, headers, uri, providers, BodyBounds.forUsers(limits.users()), access);
        Publication publication = new PublicationReader(
                        received.parameters(), limits, preferences.strict(), clock.instant(), mayRepeat)
                .read();
        Optional<String> key = idempotencyKey().map(given -> scoped(given, received.key()));
        return queue.add(publication, key, receipt -> {
                    String answer = ReceiptCodec.encode(receipt, publication, preferences.minimal());
                    meters.published(Duration.ofNanos(System.nanoTime() - began));
                    return Response.ok(answer, MediaType.APPLICATION_JSON_TYPE)
                            .header("Preference-Applied", preferences.applied().orElse(null))
                            .build();
                })
                .exceptionally(ProblemMapper::response);
    }

    /** Keeps the idempotency keys of different API keys apart. */
    private static String scoped(String idempotencyKey, Optional<ApiKey> key) {
        return key.map(known -> known.scope() + ":" + idempotencyKey).orElse(idempotencyKey);
    }

    /** Returns the allowed methods. The access filter adds the CORS headers. */
    @OPTIONS
    public Response options() {
        return Response.noContent().header("Allow", CORS_METHODS).build();
    }

    /** Servers differ in what they return for a header that is not there. */
    private List<String> idempotencyKeys() {
        List<String> keys = headers.getRequestHeader(IDEMPOTENCY_KEY);
        return keys == null ? List.of() : keys;
    }

    private Optional<String> idempotencyKey() {
        List<String> keys = idempotencyKeys();
        if (keys.isEmpty()) {
            return Optional.empty();
        }
        String key = keys.get(0);
        if (keys.size() > 1 || key.isBlank() || key.length() > LONGEST_KEY) {
            throw new ProblemException(
                    ProblemCode.BAD_IDEMPOTENCY_KEY,
                    "Idempotency-Key must be given once and have 1 to " + LONGEST_KEY + " characters.");
        }
        return Optional.of(key);
    }
}
