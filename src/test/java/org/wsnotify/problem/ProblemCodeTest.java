package org.wsnotify.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProblemCodeTest {

    private static final Pattern ROW = Pattern.compile("\\| ([0-9]{3}) \\| `([a-z-]+)` \\| (.*?) \\|.*");

    private record Row(int status, String code, String meaning) {}

    @Test
    void protocolListsExactlyTheseCodes() throws IOException {
        List<Row> codes = Stream.of(ProblemCode.values())
                .map(code -> new Row(code.status(), code.text(), code.meaning()))
                .toList();

        assertThat(documented()).containsExactlyInAnyOrderElementsOf(codes);
    }

    @ParameterizedTest
    @EnumSource(value = ProblemCode.class, mode = EnumSource.Mode.EXCLUDE, names = "NOT_FOUND")
    void openApiNamesEachCodeAtItsStatus(ProblemCode code) throws IOException {
        String description = Files.readString(Path.of("src/main/resources/META-INF/openapi.yaml"));
        Matcher responses = Pattern.compile(
                        "(?s)\n        '" + code.status() + "':(.*?)(?=\n        '|\n  /|\ncomponents)")
                .matcher(description);

        assertThat(responses.results().map(response -> response.group(1)))
                .anySatisfy(response -> assertThat(response).contains("`" + code.text() + "`"));
    }

    /** Reads the table under the first heading "Errors". */
    private static List<Row> documented() throws IOException {
        String protocol = Files.readString(Path.of("docs/protocol.md"));
        String chapter = protocol.substring(protocol.indexOf("### Errors"), protocol.indexOf("## The socket"));
        return chapter.lines()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| Status "))
                .map(ProblemCodeTest::row)
                .toList();
    }

    private static Row row(String line) {
        Matcher row = ROW.matcher(line);
        assertThat(row.matches())
                .as("a row with a status and one code: %s", line)
                .isTrue();
        return new Row(
                Integer.parseInt(row.group(1)), row.group(2), row.group(3).replace("`", ""));
    }
}
