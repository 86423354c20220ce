package org.wsnotify.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProblemTest {

    @Test
    void documentHasTheMembersOfTheRfcAndItsFields() {
        Problem problem = Problem.of(
                ProblemCode.INVALID_PARAMETERS,
                "\"quoted\"",
                List.of(new Problem.FieldError("users[0].id", "is missing")));

        assertThat(problem.json())
                .isEqualTo("{\"type\":\"about:blank\",\"title\":\"Bad Request\",\"status\":400,"
                        + "\"detail\":\"\\\"quoted\\\"\",\"code\":\"invalid-parameters\","
                        + "\"errors\":[{\"field\":\"users[0].id\",\"message\":\"is missing\"}]}");
    }

    @Test
    void headersAreAddedToACopy() {
        Problem problem = Problem.of(ProblemCode.TOO_MANY_BODIES);

        assertThat(problem.retryAfter(5).closing().headers())
                .isEqualTo(Map.of("Retry-After", "5", "Connection", "close"));
        assertThat(problem.headers()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "400, bad-request, Bad Request",
        "403, forbidden, Forbidden",
        "404, not-found, Not Found",
        "405, method-not-allowed, Method Not Allowed",
        "406, bad-request, Not Acceptable",
        "413, body-too-large, Content Too Large",
        "415, unsupported-media-type, Unsupported Media Type",
        "418, bad-request, Client Error",
        "500, internal, Internal Server Error",
        "503, internal, Service Unavailable",
        "599, internal, Server Error"
    })
    void statusOfTheServerIsKeptAndHasACode(int status, String code, String title) {
        Problem problem = Problem.ofServer(status);

        assertThat(problem.status()).isEqualTo(status);
        assertThat(problem.code().text()).isEqualTo(code);
        assertThat(problem.title()).isEqualTo(title);
        assertThat(problem.detail()).isNotBlank();
    }
}
