package org.wsnotify.http;

import jakarta.json.Json;
import jakarta.json.stream.JsonGenerator;
import jakarta.json.stream.JsonGeneratorFactory;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.StringWriter;
import java.util.Map;
import org.wsnotify.problem.ProblemCode;
import org.wsnotify.retraction.Retraction;

/** Answers a request to retract. */
final class RetractionAnswer {

    private static final JsonGeneratorFactory GENERATORS = Json.createGeneratorFactory(Map.of());

    private RetractionAnswer() {}

    /** @throws ProblemException nothing that was named is known */
    static Response of(Retraction.Result result) {
        if (result.known() == 0) {
            throw new ProblemException(ProblemCode.NOT_FOUND, ProblemCode.NOT_FOUND.meaning());
        }
        StringWriter text = new StringWriter();
        try (JsonGenerator json = GENERATORS.createGenerator(text)) {
            json.writeStartObject().write("retracted", result.retracted()).writeEnd();
        }
        return Response.ok(text.toString(), MediaType.APPLICATION_JSON_TYPE).build();
    }
}
