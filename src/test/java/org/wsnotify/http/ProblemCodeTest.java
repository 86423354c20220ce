package org.wsnotify.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProblemCodeTest {

    @ParameterizedTest
    @EnumSource(ProblemCode.class)
    void everyCodeIsInTheErrorTableOfTheProtocol(ProblemCode code) throws Exception {
        assertThat(Files.readAllLines(Path.of("docs/protocol.md")))
                .anySatisfy(line ->
                        assertThat(line).startsWith("| " + code.status() + " |").contains("`" + code.text() + "`"));
    }

    @ParameterizedTest
    @EnumSource(value = ProblemCode.class, mode = EnumSource.Mode.EXCLUDE, names = "NOT_FOUND")
    void everyCodeIsDescribedAtItsStatus(ProblemCode code) throws Exception {
        String description = Files.readString(Path.of("src/main/resources/META-INF/openapi.yaml"));
        Matcher response = Pattern.compile("(?s)\n        '" + code.status() + "':(.*?)\n        '")
                .matcher(description + "\n        '");

        assertThat(response.find()).isTrue();
        assertThat(response.group(1)).contains("`" + code.text() + "`");
    }
}
