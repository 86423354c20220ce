package org.wsnotify.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScriptTest {

    private static final String TEXT = "export const greeting = 'Grüße';\n".repeat(50);
    private static final Script SCRIPT = script(TEXT);

    @Test
    void browserGetsTheScriptCompressedWithItsTag() throws Exception {
        Exchange exchange = get().header("Accept-Encoding", "br, gzip, deflate").answeredBy(SCRIPT);

        assertThat(exchange.answered("Content-Encoding")).contains("gzip");
        assertThat(exchange.answered("Content-Type")).contains("text/javascript;charset=UTF-8");
        assertThat(exchange.answered("Cache-Control")).contains("no-cache");
        assertThat(exchange.answered("Vary")).contains("Accept-Encoding");
        assertThat(exchange.answered("ETag").orElseThrow()).matches("W/\"[0-9a-f]{24}\"");
        assertThat(exchange.answered("Content-Length")).contains("" + exchange.bytes().length);
        assertThat(new GZIPInputStream(new ByteArrayInputStream(exchange.bytes())).readAllBytes())
                .isEqualTo(TEXT.getBytes(UTF_8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gzip",
                "GZIP;Q=0.5",
                "gzip ; q=1.000",
                "*",
                "*;q=0.1",
                "br;q=1.0, gzip;q=0.8, *;q=0.1",
                "identity;q=0.5, gzip",
                "identity;q=0, *",
                "deflate,gzip"
            })
    void clientThatTakesGzipGetsIt(String accepted) throws Exception {
        assertThat(get().header("Accept-Encoding", accepted).answeredBy(SCRIPT).answered("Content-Encoding"))
                .contains("gzip");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "br",
                "identity",
                "gzip;q=0",
                "gzip;q=0.000",
                "gzip; q=0, *",
                "*;q=0",
                "*;q=1, gzip;q=0",
                "identity, gzip;q=0.5",
                "gzip;q=-1",
                "gzip;q=NaN",
                "gzip;q=2",
                "gzip;q",
                "gzip;level=9",
                "xgzip",
                ",;,=;"
            })
    void otherClientsGetThePlainScript(String accepted) throws Exception {
        Exchange exchange = get().header("Accept-Encoding", accepted).answeredBy(SCRIPT);

        assertThat(exchange.answered("Content-Encoding")).isEmpty();
        assertThat(exchange.answered("Vary")).contains("Accept-Encoding");
        assertThat(exchange.body()).isEqualTo(TEXT);
    }

    @Test
    void weightMayStandInAnotherHeaderFieldOfThatName() throws Exception {
        assertThat(get().header("Accept-Encoding", "br", "gzip")
                        .answeredBy(SCRIPT)
                        .answered("Content-Encoding"))
                .contains("gzip");
    }

    @Test
    void clientWithoutTheHeaderGetsThePlainScript() throws Exception {
        assertThat(get().answeredBy(SCRIPT).body()).isEqualTo(TEXT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s", "W/%s", "\"old\", W/%s", "W/\"old\",%s", "*"})
    void browserThatHasTheScriptIsToldSo(String known) throws Exception {
        String tag = tagOf(SCRIPT).replace("W/", "");
        Exchange exchange = get().header("If-None-Match", known.formatted(tag)).answeredBy(SCRIPT);

        assertThat(exchange.status()).isEqualTo(304);
        assertThat(exchange.bytes()).isEmpty();
        assertThat(exchange.answered("ETag")).contains("W/" + tag);
        assertThat(exchange.answered("Cache-Control")).contains("no-cache");
        assertThat(exchange.answered("Vary")).contains("Accept-Encoding");
        assertThat(exchange.answered("Content-Type")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"old\"", "W/\"old\"", "", "\"\"", "\"%s\"", "x%s"})
    void browserWithAnotherScriptGetsThisOne(String known) throws Exception {
        String tag = tagOf(SCRIPT).replace("W/", "");
        Exchange exchange = get().header("If-None-Match", known.formatted(tag)).answeredBy(SCRIPT);

        assertThat(exchange.status()).isEqualTo(200);
        assertThat(exchange.body()).isEqualTo(TEXT);
    }

    @Test
    void tagFollowsTheContentAlone() throws Exception {
        assertThat(tagOf(script(TEXT))).isEqualTo(tagOf(SCRIPT));
        assertThat(tagOf(script(TEXT.replace('G', 'g')))).isNotEqualTo(tagOf(SCRIPT)); // the same length
    }

    @Test
    void headHasTheHeadersOfTheScriptAndNoBody() throws Exception {
        Exchange exchange =
                get().method("HEAD").header("Accept-Encoding", "gzip").answeredBy(SCRIPT);

        assertThat(exchange.bytes()).isEmpty();
        assertThat(exchange.answered("Content-Length"))
                .isEqualTo(get().header("Accept-Encoding", "gzip")
                        .answeredBy(SCRIPT)
                        .answered("Content-Length"));
    }

    private static String tagOf(Script script) throws Exception {
        return get().answeredBy(script).answered("ETag").orElseThrow();
    }

    private static Script script(String text) {
        return new Script(text.getBytes(UTF_8), Script.ASK);
    }

    private static Exchange get() {
        return new Exchange().method("GET").path("/bell.js");
    }
}
