package org.wsnotify.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InboxQueryTest {

    private static final String ID = "6b0212aa9f400001c0ffee01";

    @Test
    void nothingIsRequired() {
        assertThat(read("")).isEqualTo(new InboxQuery(Optional.empty(), false, 30));
        assertThat(read("before=" + ID + "&unseen=1&limit=100&apikey=k"))
                .isEqualTo(new InboxQuery(Optional.of(ID), true, 100));
        assertThat(read("unseen=0&limit=1")).isEqualTo(new InboxQuery(Optional.empty(), false, 1));
    }

    @ParameterizedTest
    @CsvSource({
        "limit=0, limit",
        "limit=101, limit",
        "limit=-1, limit",
        "limit=1e1, limit",
        "limit=, limit",
        "limit=99999999999, limit",
        "before=, before",
        "before=6B0212AA9F400001C0FFEE0, before",
        "page=1, page",
        "users=1, users"
    })
    void wrongParametersAreNamed(String query, String field) {
        ProblemException problem = catchThrowableOfType(ProblemException.class, () -> read(query));

        assertThat(problem.problem().status()).isEqualTo(400);
        assertThat(RequestFixture.fields(problem)).containsExactly(field);
    }

    private static InboxQuery read(String query) {
        return InboxQuery.read(ParameterReader.query(query));
    }
}
