package org.wsnotify.http;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.NotAcceptableException;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.core.Response;
import org.junit.jupiter.api.Test;
import org.wsnotify.login.LoggedLines;
import org.wsnotify.notification.StoreUnavailableException;
import org.wsnotify.problem.Problem;

class ProblemMapperTest {

    private final ProblemMapper mapper = new ProblemMapper();

    @Test
    void unconfirmedStoreAsksForARepetition() {
        Response response = logged(new StoreUnavailableException("the database is down", null));

        assertThat(response.getStatus()).isEqualTo(503);
        assertThat(response.getHeaderString("Retry-After")).isEqualTo("5");
        assertThat(body(response)).contains("\"code\":\"store-unavailable\"").doesNotContain("database");
    }

    @Test
    void unexpectedExceptionIsNotRevealed() {
        Response response = logged(new IllegalStateException("secret"));

        assertThat(response.getStatus()).isEqualTo(500);
        assertThat(body(response)).contains("\"code\":\"internal\"").doesNotContain("secret");
    }

    @Test
    void refusalsOfTheServerAreProblems() {
        Response method = mapper.toResponse(new NotAllowedException("POST", new String[] {"OPTIONS"}));
        Response type = mapper.toResponse(new NotAcceptableException());

        assertThat(method.getStatus()).isEqualTo(405);
        assertThat(method.getHeaderString("Allow")).contains("POST");
        assertThat(body(method)).contains("\"code\":\"method-not-allowed\"");
        assertThat(type.getStatus()).isEqualTo(406);
        assertThat(body(type)).contains("\"code\":\"bad-request\"", "\"status\":406");
    }

    private Response logged(RuntimeException thrown) {
        try (LoggedLines log = new LoggedLines(ProblemMapper.class)) {
            Response response = mapper.toResponse(thrown);
            assertThat(log.lines()).hasSize(1);
            return response;
        }
    }

    private static String body(Response response) {
        assertThat(response.getMediaType()).hasToString(Problem.MEDIA_TYPE);
        return (String) response.getEntity();
    }
}
