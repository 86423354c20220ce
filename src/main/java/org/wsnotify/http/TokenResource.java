package org.wsnotify.http;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonNumber;
import jakarta.json.stream.JsonGenerator;
import jakarta.json.stream.JsonGeneratorFactory;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.ext.Providers;
import java.io.InputStream;
import java.io.StringWriter;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.wsnotify.login.TokenIssuer;
import org.wsnotify.notification.UserIds;
import org.wsnotify.problem.ProblemCode;

/**
 * {@code POST /token}, called by back ends that have no library for JSON Web Tokens. One object serves all requests, as
 * with {@link NotifyResource}.
 */
@Path("")
@ApplicationScoped
public class TokenResource {

    private static final JsonGeneratorFactory GENERATORS = Json.createGeneratorFactory(Map.of());
    private static final String USER = "user";
    private static final String EXPIRES_IN = "expires_in";
    private static final Set<String> NAMES = Set.of(USER, EXPIRES_IN, ShownKey.PARAMETER);
    private static final Duration STANDARD = Duration.ofHours(1);
    private static final int MOST_FAULTS = 10;

    @Inject
    TokenIssuer issuer;

    @Inject
    PublisherAccess access;

    @Context
    HttpHeaders headers;

    @Context
    UriInfo uri;

    @Context
    Providers providers;

    /**
     * Makes a token for a user, whom the back end has signed in. Always needs a key: being local is enough to publish,
     * but not to read every inbox.
     */
    @POST
    public Response token(InputStream body) {
        Parameters given = CallerRequest.read(body, headers, uri, providers, BodyBounds.forUsers(1), access)
                .parameters();
        if (!issuer.canIssue() || !access.needsKey()) {
            throw new ProblemException(ProblemCode.TOKENS_NOT_CONFIGURED, ProblemCode.TOKENS_NOT_CONFIGURED.meaning());
        }
        Faults faults = new Faults(MOST_FAULTS);
        given.jsonNames().stream().filter(name -> !NAMES.contains(name)).forEach(faults::unknown);
        given.formNames().stream().filter(name -> !NAMES.contains(name)).forEach(faults::unknown);
        String user = user(given, faults);
        Duration lifetime = lifetime(given, faults);
        faults.refuseIfAny();
        TokenIssuer.Issued issued = issuer.issue(user, lifetime);
        return Response.ok(json(issued), MediaType.APPLICATION_JSON_TYPE)
                .header("Cache-Control", "no-store")
                .build();
    }

    private static String json(TokenIssuer.Issued issued) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = GENERATORS.createGenerator(text)) {
            json.writeStartObject()
                    .write("token", issued.token())
                    .write("expiresAt", issued.expiresAt().toString())
                    .writeEnd();
        }
        return text.toString();
    }

    private static String user(Parameters given, Faults faults) {
        String user = given.value(USER)
                .map(UserIdReader::of)
                .or(() -> given.text(USER))
                .orElse("");
        if (!UserIds.isValid(user)) {
            faults.wrong(USER, "must be the id of a user: " + UserIdReader.RULE);
        }
        return user;
    }

    private static Duration lifetime(Parameters given, Faults faults) {
        String text = given.value(EXPIRES_IN)
                .filter(JsonNumber.class::isInstance)
                .map(Object::toString)
                .or(() -> given.value(EXPIRES_IN).map(other -> "?"))
                .or(() -> given.text(EXPIRES_IN))
                .orElse(String.valueOf(STANDARD.toSeconds()));
        long most = TokenIssuer.LONGEST.toSeconds();
        if (!text.matches("[0-9]{1,6}") || Long.parseLong(text) < 1 || Long.parseLong(text) > most) {
            faults.wrong(EXPIRES_IN, "must be a whole number of seconds from 1 to " + most);
            return STANDARD;
        }
        return Duration.ofSeconds(Long.parseLong(text));
    }
}
