package org.wsnotify.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies that are small in bytes and large in memory. */
class BodyBoundsTest {

    private static final int USERS = 10_000;
    private final BodyBounds bounds = BodyBounds.forUsers(USERS);

    @Test
    void jsonWithMoreValuesThanUsersNeedIsRefused() {
        assertThatCode(() -> bounds.checkJson(arrays(80_000))).doesNotThrowAnyException();
        assertThat(code(() -> bounds.checkJson(arrays(81_000)))).isEqualTo("bad-json");
    }

    @Test
    void jsonForAllUsersIsAllowed() {
        String user = "{\"id\":\"1\",\"email\":\"a@example.org\",\"name\":\"A\",\"language\":\"en\"}";
        String users = String.join(",", Collections.nCopies(USERS, user));
        assertThatCode(() -> bounds.checkJson("{\"content\":\"c\",\"users\":[" + users + "]}"))
                .doesNotThrowAnyException();
    }

    @Test
    void jsonHasSixteenLevels() {
        assertThatCode(() -> bounds.checkJson("[".repeat(16) + "]".repeat(16))).doesNotThrowAnyException();
        assertThat(code(() -> bounds.checkJson("[".repeat(17) + "]".repeat(17))))
                .isEqualTo("bad-json");
        assertThat(code(() -> bounds.checkJson("{\"a\":".repeat(1_000_000)))).isEqualTo("bad-json");
    }

    @Test
    void formMayHaveAsManyPairsAsJsonHasValues() {
        assertThat(bounds.allowsForm("a=1&".repeat(80_999))).isTrue();
        assertThat(bounds.allowsForm("a=1&".repeat(81_000))).isFalse();
    }

    @Test
    void multipartBodyHasAtMostHundredParts() {
        assertThatCode(() -> BodyBounds.checkParts(parts(100, 0), "b")).doesNotThrowAnyException();
        assertThat(code(() -> BodyBounds.checkParts(parts(102, 0), "b"))).isEqualTo("bad-multipart");
        assertThat(code(() -> BodyBounds.checkParts(parts(72_000, 0), "b"))).isEqualTo("bad-multipart");
    }

    @Test
    void headersOfAPartAreBounded() {
        assertThatCode(() -> BodyBounds.checkParts(parts(1, 100), "b")).doesNotThrowAnyException();
        assertThat(code(() -> BodyBounds.checkParts(parts(1, 10_000), "b"))).isEqualTo("bad-multipart");
    }

    @Test
    void delimiterInsideALineIsText() {
        byte[] body = ("--b\r\nContent-Disposition: form-data; name=x\r\n\r\n" + "x--b".repeat(10_000)
                        + "\r\n--b--\r\n")
                .getBytes(StandardCharsets.ISO_8859_1);
        assertThatCode(() -> BodyBounds.checkParts(body, "b")).doesNotThrowAnyException();
    }

    @Test
    void boundaryIsRequiredAndShort() {
        assertThat(code(() -> BodyBounds.checkParts(parts(1, 0), null))).isEqualTo("bad-multipart");
        assertThat(code(() -> BodyBounds.checkParts(parts(1, 0), ""))).isEqualTo("bad-multipart");
        assertThat(code(() -> BodyBounds.checkParts(parts(1, 0), "b".repeat(71))))
                .isEqualTo("bad-multipart");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"content\":\"c\"} {}", "{\"content\":\"c\"} x", "{\"a\":1,\"a\":2}", "{", ""})
    void malformedJsonIsRefused(String text) {
        assertThat(code(() -> ParameterReader.json(text, bounds))).isEqualTo("bad-json");
    }

    private static String arrays(int count) {
        return "{\"a\":[" + String.join(",", Collections.nCopies(count, "[]")) + "]}";
    }

    private static byte[] parts(int count, int headers) {
        String part = "--b\r\nContent-Disposition: form-data; name=\"x\"\r\n" + "a:b\r\n".repeat(headers) + "\r\nv\r\n";
        return (part.repeat(count) + "--b--\r\n").getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String code(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        return RequestFixture.body(catchThrowableOfType(ProblemException.class, call))
                .getString("code");
    }
}
