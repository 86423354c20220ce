package org.wsnotify.http;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.wsnotify.delivery.Publication;
import org.wsnotify.notification.Recipient;

/** Reads publications from parameters as a test writes them. */
final class RequestFixture {

    /** When all requests come. */
    static final Instant NOW = Instant.parse("2026-03-04T05:06:07.089Z");

    private RequestFixture() {}

    static Publication read(Map<String, String> texts) {
        Parameters parameters = new Parameters();
        texts.forEach(parameters::add);
        return reader(parameters, false).read();
    }

    /** A form as it is sent. */
    static Publication readForm(String form) {
        return reader(ParameterReader.query(form), false).read();
    }

    /** A form as it is sent, with strict handling. */
    static Publication readStrictly(String form) {
        return reader(ParameterReader.query(form), true).read();
    }

    /** Users as they stand in the parameter of that name; apostrophes are quotation marks. */
    static List<String> userIds(String users) {
        return read(Map.of("content", "c", "users", users.replace('\'', '"'))).recipients().stream()
                .map(Recipient::userId)
                .toList();
    }

    static Publication readJson(String json) {
        Parameters parameters = new Parameters();
        parameters.add(ParameterReader.object(json.replace('\'', '"'), BodyBounds.forUsers(3)));
        return reader(parameters, false).read();
    }

    private static PublicationReader reader(Parameters parameters, boolean strict) {
        return new PublicationReader(parameters, new PublicationLimits(10_000, 3, 100), strict, NOW, false);
    }

    static JsonObject body(ProblemException problem) {
        return ParameterReader.object(problem.problem().json(), BodyBounds.forUsers(3));
    }

    static List<String> fields(ProblemException problem) {
        JsonArray errors = body(problem).getJsonArray("errors");
        return errors.getValuesAs(JsonObject.class).stream()
                .map(error -> ((JsonString) error.get("field")).getString())
                .toList();
    }
}
