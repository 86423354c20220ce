package org.wsnotify.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** SockJS on a server, where bytes and broken connections are real. */
class SockJsIT {

    private static final String JOIN =
            "[\"{\\\"name\\\":\\\"join\\\",\\\"data\\\":{\\\"login\\\":\\\"bob\\\",\\\"password\\\":\\\"bob\\\"}}\"]";

    @TempDir
    static Path directory;

    private static TestServer server;

    private final String session = "/notification/000/" + UUID.randomUUID();

    @BeforeAll
    static void start() {
        server = TestServer.in(directory)
                .with("notification.demo", "true")
                .with("notification.allowed-origins", "https://page.example")
                .start();
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//",
                "/a",
                "/a/a",
                "/a./a/xhr",
                "/a/a./xhr",
                "/./a/xhr",
                "//xhr",
                "/a%2e/a/xhr",
                "/a/a/xhr/",
                "/iframe.htm"
            })
    void oddPathsAreNotFound(String path) {
        assertThat(ask("POST", "/notification" + path, "").status())
                .isIn(404, path.contains("%2e") ? 400 : 404); // Open Liberty refuses an encoded dot itself
    }

    @ParameterizedTest
    @CsvSource({"xhr_streaming, POST", "eventsource, GET", "htmlfile?c=x, GET"})
    void framesArriveAtOnceAndASecondReceiverIsRefused(String transport, String method) {
        try (RawHttp stream = send(method, session + "/" + transport, "").head()) {
            assertThat(stream.status()).isEqualTo(200);
            stream.until(transport.startsWith("htmlfile") ? "p(\"o\")" : "o");
            assertThat(ask("POST", session + "/xhr_send", JOIN).status()).isEqualTo(204);
            stream.until("joined");

            try (RawHttp rival = send(method, session + "/" + transport, "").head()) {
                assertThat(rival.body()).contains("c[2010,");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"xhr, POST", "xhr_streaming, POST", "eventsource, GET", "htmlfile?c=x, GET", "jsonp?c=x, GET"})
    void abortedPollIsDetectedByTheNextPoll(String transport, String method) {
        assertThat(ask("POST", session + "/xhr", "").body()).isEqualTo("o\n");
        try (RawHttp gone = send(method, session + "/" + transport, "")) {
            assertThat(gone).isNotNull();
            Awaitility.await("it to be the receiver")
                    .until(() ->
                            ask(method, session + "/" + transport, "").body().contains("c[2010,"));
        }

        assertThat(ask(method, session + "/" + transport, "").body())
                .contains("c[1002,")
                .doesNotContain("2010");
    }

    @Test
    void notificationInALostResponseIsInTheInbox() {
        assertThat(ask("POST", session + "/xhr", "").body()).isEqualTo("o\n");
        ask("POST", session + "/xhr_send", JOIN);
        assertThat(ask("POST", session + "/xhr", "").body()).contains("joined");
        try (RawHttp gone = send("POST", session + "/xhr", "")) {
            assertThat(gone).isNotNull();
        }
        String content = "c" + UUID.randomUUID();
        new Publisher(server.http("/notify")).form(Map.of("content", content, "users", "[{\"id\":\"bob\"}]"));

        String next = "/notification/000/" + UUID.randomUUID();
        ask("POST", next + "/xhr", "");
        ask("POST", next + "/xhr_send", JOIN);
        String answer = ask("POST", next + "/xhr", "").body();
        if (!answer.contains("\"notification\"")) {
            answer += ask("POST", next + "/xhr", "").body();
        }
        assertThat(answer).contains("joined").contains(content);
    }

    @Test
    void onlyConfiguredOriginsAreAdmitted() {
        for (String path : List.of("/notification/info", session + "/xhr", session + "/xhr_send")) {
            String method = path.endsWith("info") ? "GET" : "POST";
            assertThat(ask(method, path, "", "Origin: https://evil.example"))
                    .returns(403, RawHttp::status)
                    .returns("", answer -> answer.header("access-control-allow-origin"));
        }
        RawHttp info = ask("GET", "/notification/info", "", "Origin: https://page.example");
        assertThat(info.header("access-control-allow-origin")).isEqualTo("https://page.example");
        assertThat(info.body()).contains("\"origins\":[\"https://page.example\"]");
        assertThat(ask("GET", "/notification/iframe.html", "").header("content-security-policy"))
                .endsWith("frame-ancestors 'self' https://page.example");
    }

    @Test
    void badBodiesAreAnsweredAndBreakNothing() {
        ask("POST", session + "/xhr", "");
        assertThat(ask("POST", session + "/xhr_send", "").body()).isEqualTo("Payload expected.");
        assertThat(ask("POST", session + "/xhr_send", "[\"x").body()).isEqualTo("Broken JSON encoding.");
        Random random = new Random(20260101);
        for (int i = 0; i < 500; i++) {
            byte[] noise = new byte[random.nextInt(60)];
            random.nextBytes(noise);
            String body = (random.nextBoolean() ? "[\"" : "")
                    + new String(noise, java.nio.charset.StandardCharsets.ISO_8859_1);
            assertThat(ask("POST", session + (i % 2 == 0 ? "/xhr_send" : "/jsonp_send"), body)
                            .status())
                    .isIn(200, 204, 404, 500);
        }
        assertThat(ask("POST", session + "/xhr_send", "[" + "x".repeat(200_000)).status())
                .isIn(404, 413);
        IntStream.range(0, 50).forEach(i -> ask("GET", "/notification/" + "../".repeat(i) + "%00/x/xhr?c=%zz", ""));
        assertThat(server.log()).doesNotContain("\tat org.wsnotify").doesNotContain("StackOverflow");
    }

    private static RawHttp ask(String method, String path, String body, String... headers) {
        return send(method, path, body, headers).head();
    }

    private static RawHttp send(String method, String path, String body, String... headers) {
        return RawHttp.send(method, server.http("/").getPort(), path, body, headers);
    }
}
