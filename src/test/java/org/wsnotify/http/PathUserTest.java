package org.wsnotify.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathUserTest {

    @Test
    void userIsInThePathOrInTheQuery() {
        assertThat(read("42", "")).isEqualTo("42");
        assertThat(read("42", "?apikey=k")).isEqualTo("42");
        assertThat(read("-", "")).isEqualTo("-");
        assertThat(read("-", "?user=a%2Fb%3Bc+%C3%A9&limit=1")).isEqualTo("a/b;c é");
        assertThat(read("-", "?user=..")).isEqualTo("..");
    }

    @ParameterizedTest
    @CsvSource({"42, ?user=43, user", "42, ?user=42, user", "-, ?user=, user", "'', ?limit=1, id"})
    void otherPathsAreRefused(String segment, String query, String field) {
        ProblemException problem = catchThrowableOfType(ProblemException.class, () -> read(segment, query));

        assertThat(problem.problem().status()).isEqualTo(400);
        assertThat(RequestFixture.fields(problem)).containsExactly(field);
    }

    private static String read(String segment, String query) {
        return PathUser.read(segment, URI.create("/users/x" + query));
    }
}
