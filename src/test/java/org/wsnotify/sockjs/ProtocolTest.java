package org.wsnotify.sockjs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.wsnotify.sockjs.suite.Echo;

/**
 * The protocol byte for byte: what its test suite asks of the services echo and close, in its order, without a server.
 */
class ProtocolTest {

    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String NOT_CACHED = "no-store, no-cache, no-transform, must-revalidate, max-age=0";

    private final SockJsFixture echo = new SockJsFixture(Echo.SOCKJS);
    private final SockJsFixture close = new SockJsFixture(Echo.CLOSE);

    @Nested
    class StaticUrls {

        @ParameterizedTest
        @ValueSource(strings = {"", "/"})
        void greeting(String path) {
            Reply.Whole reply = echo.whole("GET", path);

            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.headers()).containsEntry("Content-Type", "text/plain;charset=UTF-8");
            assertThat(reply.body()).isEqualTo("Welcome to SockJS!\n");
            assertThat(reply.headers()).doesNotContainKey("Set-Cookie");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "/a",
                    "/a.html",
                    "//",
                    "///",
                    "/a/a",
                    "/a/a/",
                    "/a/",
                    "/iframe.htm",
                    "/iframe",
                    "/IFRAME.HTML",
                    "/IFRAME",
                    "/iframe.HTML",
                    "/iframe.xml",
                    "/iframe-/.html",
                    "///xhr",
                    "/a./a/xhr",
                    "/a/a./xhr",
                    "/././/xhr",
                    "//xhr",
                    "////xhr",
                    "/a%2e/a/xhr",
                    "/a/%2e%2e/xhr",
                    "/a%2fb/c/xhr",
                    "/a/%zz/xhr",
                    "/a/a/XHR",
                    "/a/a/xhr/",
                    "/a/a/nothing"
                })
        void otherPathsAreNotFound(String path) {
            assertThat(echo.whole("GET", path).status()).isEqualTo(404);
            assertThat(echo.whole("POST", path).status()).isIn(404, 405);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "/iframe.html",
                    "/iframe-a.html",
                    "/iframe-.html",
                    "/iframe-0.1.2.html",
                    "/iframe-0.1.2abc-dirty.2144.html?t=qweqweq123"
                })
        void iframePageIsThatOfTheProtocolAndCachedForAYear(String path) {
            Reply.Whole reply = echo.whole("GET", path);

            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.body()).isEqualTo("""
                            <!DOCTYPE html>
                            <html>
                            <head>
                              <meta http-equiv="X-UA-Compatible" content="IE=edge" />
                              <meta http-equiv="Content-Type" content="text/html; charset=UTF-8" />
                              <script src="/sockjs/1.6.1/sockjs.min.js"></script>
                              <script>
                                document.domain = document.domain;
                                SockJS.bootstrap_iframe();
                              </script>
                            </head>
                            <body>
                              <h2>Don't panic!</h2>
                              <p>This is a SockJS hidden iframe. It's used for cross domain magic.</p>
                            </body>
                            </html>
                            """);
            assertThat(reply.headers())
                    .containsEntry("Content-Type", "text/html;charset=UTF-8")
                    .containsEntry("Cache-Control", "public, max-age=31536000")
                    .containsEntry("Expires", "Mon, 01 Mar 2027 12:00:00 GMT")
                    .doesNotContainKey("Last-Modified");
        }

        @Test
        void iframePageIsNotSentTwice() {
            String tag = echo.whole("GET", "/iframe.html").headers().get("ETag");

            Reply.Whole reply = echo.whole("GET", "/iframe.html", "If-None-Match", tag);

            assertThat(tag).matches("\"[0-9a-f]{32}\"");
            assertThat(reply.status()).isEqualTo(304);
            assertThat(reply.body()).isEmpty();
            assertThat(reply.headers()).doesNotContainKey("Content-Type");
        }

        @Test
        void infoDescribesTheService() {
            Reply.Whole reply = echo.whole("GET", "/info", "Origin", "http://page.example");

            assertThat(reply.body())
                    .matches(
                            "\\{\"websocket\":true,\"origins\":\\[\"\\*:\\*\"],\"cookie_needed\":false,\"entropy\":\\d{1,10}}");
            assertThat(reply.headers())
                    .containsEntry("Content-Type", "application/json;charset=UTF-8")
                    .containsEntry("Cache-Control", NOT_CACHED)
                    .containsEntry("Access-Control-Allow-Origin", "http://page.example")
                    .containsEntry("Access-Control-Allow-Credentials", "true")
                    .doesNotContainKeys("Set-Cookie", "Expires", "Last-Modified");
            assertThat(echo.whole("GET", "/info").body()).isNotEqualTo(reply.body());
        }

        @Test
        void infoListsOriginsAndWhetherThereAreWebSockets() {
            SockJsFixture some = new SockJsFixture(
                    Echo.SOCKJS,
                    new SockJsOptions(false, true, List.of("https://a.example", "https://b.example"), "/c.js"));

            assertThat(some.whole("GET", "/info").body())
                    .startsWith(
                            "{\"websocket\":false,\"origins\":[\"https://a.example\",\"https://b.example\"],\"cookie_needed\":true,");
            assertThat(some.whole("GET", "/iframe.html").headers().get("Content-Security-Policy"))
                    .endsWith("frame-ancestors 'self' https://a.example https://b.example");
            assertThat(some.whole("GET", "/0/0/websocket").status()).isEqualTo(404);
            assertThat(some.whole("GET", "/websocket").status()).isEqualTo(404);
        }
    }

    @Nested
    class Cors {

        @ParameterizedTest
        @CsvSource({
            "/info, GET",
            "/iframe.html, GET",
            "/abc/abc/xhr, POST",
            "/abc/abc/xhr_send, POST",
            "/abc/abc/xhr_streaming, POST",
            "/abc/abc/eventsource, GET",
            "/abc/abc/htmlfile, GET",
            "/abc/abc/jsonp, GET",
            "/abc/abc/jsonp_send, POST"
        })
        void preflightAnswersAreCachedForAYear(String path, String method) {
            for (String origin : List.of("test", "null")) {
                Reply.Whole reply =
                        echo.whole("OPTIONS", path, "Origin", origin, "Access-Control-Request-Headers", "a, b, c");

                assertThat(reply.status()).isEqualTo(204);
                assertThat(reply.body()).isEmpty();
                assertThat(reply.headers())
                        .containsEntry("Access-Control-Allow-Origin", origin)
                        .containsEntry("Access-Control-Allow-Credentials", "true")
                        .containsEntry("Access-Control-Allow-Methods", "OPTIONS, " + method)
                        .containsEntry("Access-Control-Allow-Headers", "a, b, c")
                        .containsEntry("Access-Control-Max-Age", "31536000")
                        .containsEntry("Cache-Control", "public, max-age=31536000")
                        .containsKey("Expires");
            }
        }

        @Test
        void withoutAnOriginNoCredentialsAreAllowed() {
            Reply.Whole reply = echo.whole("OPTIONS", "/a/a/xhr", "Access-Control-Request-Headers", "");

            assertThat(reply.headers())
                    .containsEntry("Access-Control-Allow-Origin", "*")
                    .doesNotContainKeys("Access-Control-Allow-Credentials", "Access-Control-Allow-Headers");
        }

        @Test
        void invalidHeaderNamesAreNotEchoed() {
            assertThat(echo.whole("OPTIONS", "/a/a/xhr", "Access-Control-Request-Headers", "a\r\nSet-Cookie: b")
                            .headers())
                    .doesNotContainKey("Access-Control-Allow-Headers");
        }

        @ParameterizedTest
        @CsvSource({
            "GET, /a/a/xhr, 'OPTIONS, POST'", "PUT, /a/a/xhr_send, 'OPTIONS, POST'",
                    "POST, /a/a/eventsource, 'OPTIONS, GET'",
            "DELETE, /info, 'OPTIONS, GET'", "POST, /a/a/websocket, GET", "POST, /websocket, GET"
        })
        void otherMethodsAreNotAllowed(String method, String path, String allowed) {
            Reply.Whole reply = echo.whole(method, path);

            assertThat(reply.status()).isEqualTo(405);
            assertThat(reply.headers()).containsOnlyKeys("Allow").containsEntry("Allow", allowed);
            assertThat(reply.body()).isEmpty();
        }
    }

    @Nested
    class WebSocketPaths {
        @Test
        void requestWithoutAnUpgradeIsRefused() {
            assertThat(echo.whole("GET", "/0/0/websocket"))
                    .returns(400, Reply.Whole::status)
                    .returns("Can \"Upgrade\" only to \"WebSocket\".", Reply.Whole::body);
            assertThat(echo.whole("GET", "/0/0/websocket", "Upgrade", "WebSocket", "Connection", "close"))
                    .returns(400, Reply.Whole::status)
                    .returns("\"Connection\" must be \"Upgrade\".", Reply.Whole::body);
        }
    }

    @Nested
    class XhrPolling {

        @ParameterizedTest
        @ValueSource(strings = {"/a/a1", "/_/_1", "/1/1", "/abcdefgh_i-j%20/abcdefg_i-j%20"})
        void anyServerAndSessionIdAreAccepted(String path) {
            assertThat(echo.receive("POST", path + "/xhr").body()).isEqualTo("o\n");
        }

        @Test
        void sessionOpensAndEchoes() {
            Reply reply = echo.ask("POST", "/000/s/xhr", "Origin", "test");
            assertThat(((Reply.Stream) reply).headers())
                    .containsEntry("Content-Type", "application/javascript;charset=UTF-8")
                    .containsEntry("Cache-Control", NOT_CACHED)
                    .containsEntry("Access-Control-Allow-Origin", "test");
            RecordingResponse first = echo.poll("s");
            assertThat(first.body()).isEqualTo("o\n");
            assertThat(first.ended).isTrue();

            Reply.Whole sent = echo.send("s", "[\"a\"]");
            assertThat(sent.status()).isEqualTo(204);
            assertThat(sent.body()).isEmpty();
            assertThat(sent.headers())
                    .containsEntry("Content-Type", "text/plain;charset=UTF-8")
                    .containsEntry("Cache-Control", NOT_CACHED);

            assertThat(echo.receive("POST", "/999/s/xhr").body()).isEqualTo("a[\"a\"]\n");
        }

        @Test
        void messageDuringAPollIsAnsweredAtOnce() {
            echo.poll("s");
            RecordingResponse waiting = echo.poll("s");
            assertThat(waiting.pieces).isEmpty();

            echo.send("s", "[\"x\"]");

            assertThat(waiting.body()).isEqualTo("a[\"x\"]\n");
            assertThat(waiting.ended).isTrue();
        }

        @Test
        void messagesBetweenTwoPollsComeInOneFrame() {
            echo.poll("s");
            for (int i = 0; i < 8; i++) {
                assertThat(echo.send("s", "[\"a\"]").status()).isEqualTo(204);
            }

            assertThat(echo.poll("s").body()).isEqualTo("a[\"a\",\"a\",\"a\",\"a\",\"a\",\"a\",\"a\",\"a\"]\n");
        }

        @Test
        void invalidBodiesAreReportedAndHarmNothing() {
            echo.poll("s");
            for (String broken : List.of(
                    "[\"x", "x", "{}", "[1]", "[\"a\"]x", "[\"a\",]", "[[\"a\"]]", "[".repeat(16_000), "\ud83d")) {
                assertThat(echo.send("s", broken))
                        .returns(500, Reply.Whole::status)
                        .returns("Broken JSON encoding.", Reply.Whole::body);
            }
            assertThat(echo.upload("/000/s/xhr_send", new byte[] {'[', '"', (byte) 0xc3, '"', ']'})
                            .body())
                    .isEqualTo("Broken JSON encoding.");
            assertThat(echo.send("s", ""))
                    .returns(500, Reply.Whole::status)
                    .returns("Payload expected.", Reply.Whole::body);
            assertThat(echo.send("s", "[\"" + "x".repeat(20_000) + "\"]").status())
                    .isEqualTo(413);
            assertThat(echo.send("s", "[]").status()).isEqualTo(204);
            assertThat(echo.send("s", "[\"a\"]").status()).isEqualTo(204);

            assertThat(echo.poll("s").body()).isEqualTo("a[\"a\"]\n");
        }

        @Test
        void unknownSessionIsNotFoundAndItsBodyNotRead() {
            assertThat(echo.whole("POST", "/000/unknown/xhr_send").status()).isEqualTo(404);
        }

        @Test
        void secondReceiverIsRefusedAndTheFirstStays() {
            echo.poll("s");
            RecordingResponse first = echo.poll("s");
            RecordingResponse second = echo.poll("s");
            RecordingResponse third = echo.poll("s");
            assertThat(third.body()).isEqualTo("c[2010,\"Another connection still open\"]\n");

            echo.delays.pass();

            assertThat(second.body()).isEqualTo("c[2010,\"Another connection still open\"]\n");
            assertThat(second.ended).isTrue();
            echo.send("s", "[\"a\"]");
            assertThat(first.body()).isEqualToIgnoringWhitespace("a[\"a\"]");
        }

        @Test
        void brokenReceiverIsNoticedWhenTheNextOneArrives() {
            echo.poll("s");
            echo.poll("s").broken = true;

            RecordingResponse next = echo.poll("s");
            echo.delays.pass();

            assertThat(next.body()).isEqualTo("c[1002,\"Connection interrupted\"]\n");
            assertThat(next.ended).isTrue();
        }

        @Test
        void waitingReceiverFollowsOneThatEnds() {
            echo.poll("s");
            RecordingResponse first = echo.poll("s");
            RecordingResponse second = echo.poll("s");

            echo.send("s", "[\"a\"]");
            echo.send("s", "[\"b\"]");

            assertThat(first.body()).isEqualToIgnoringWhitespace("a[\"a\"]");
            assertThat(second.body()).isEqualTo("a[\"b\"]\n");
        }

        @Test
        void closedSessionRepeatsItsReason() {
            assertThat(close.poll("s").body()).isEqualTo("o\n");
            assertThat(close.poll("s").body()).isEqualTo("c[3000,\"Go away!\"]\n");
            assertThat(close.poll("s").body()).isEqualTo("c[3000,\"Go away!\"]\n");
        }
    }

    @Nested
    class Streaming {

        @Test
        void xhrStreamingBeginsWithAPreludeAndContinues() {
            RecordingResponse stream = echo.stream("s");
            echo.send("s", "[\"x\"]");

            assertThat(stream.pieces).containsExactly("h".repeat(2048) + "\n", "o\n", "a[\"x\"]\n");
            assertThat(stream.ended).isFalse();
        }

        @Test
        void streamEndsAfterEnoughCharactersNotCountingThePrelude() {
            RecordingResponse stream = echo.stream("s");
            String message = "\"" + "x".repeat(128) + "\"";
            for (int i = 0; i < 31; i++) {
                assertThat(stream.ended).isFalse();
                echo.send("s", "[" + message + "]");
                assertThat(stream.pieces).last().isEqualTo("a[" + message + "]\n");
            }

            assertThat(stream.ended).isTrue();
        }

        @Test
        void eventSource() {
            Reply reply = echo.ask("GET", "/000/s/eventsource");
            assertThat(((Reply.Stream) reply).headers())
                    .containsEntry("Content-Type", "text/event-stream")
                    .containsEntry("Cache-Control", NOT_CACHED);
            RecordingResponse stream = echo.receive("GET", "/000/s/eventsource");
            echo.send("s", "[\"x\"]");
            echo.send("s", "[\"  \\u0000\\n\\r \"]");

            assertThat(stream.pieces)
                    .containsExactly(
                            "\r\n",
                            "data: o\r\n\r\n",
                            "data: a[\"x\"]\r\n\r\n",
                            "data: a[\"  \\u0000\\n\\r \"]\r\n\r\n");
            echo.send("s", "[\"" + "x".repeat(4096) + "\"]");
            assertThat(stream.ended).isTrue();
        }

        @Test
        void htmlFile() {
            RecordingResponse stream = echo.receive("GET", "/000/s/htmlfile?c=%63allback");
            echo.send("s", "[\"x\"]");

            assertThat(stream.pieces.get(0).strip()).isEqualTo("""
                    <!doctype html>
                    <html><head>
                      <meta http-equiv="X-UA-Compatible" content="IE=edge" />
                      <meta http-equiv="Content-Type" content="text/html; charset=UTF-8" />
                    </head><body><h2>Don't panic!</h2>
                      <script>
                        document.domain = document.domain;
                        var c = parent.callback;
                        c.start();
                        function p(d) {c.message(d);};
                        window.onload = function() {c.stop();};
                      </script>""");
            assertThat(stream.pieces.get(0)).hasSizeGreaterThan(1024);
            assertThat(stream.pieces)
                    .endsWith("<script>\np(\"o\");\n</script>\r\n", "<script>\np(\"a[\\\"x\\\"]\");\n</script>\r\n");
        }

        @Test
        void noMessageEscapesItsScript() {
            RecordingResponse stream = echo.receive("GET", "/000/s/htmlfile?c=callback");
            echo.send("s", "[\"</script><script>alert(1)<!--\"]");

            assertThat(stream.pieces)
                    .last()
                    .isEqualTo(
                            "<script>\np(\"a[\\\"\\u003c/script>\\u003cscript>alert(1)\\u003c!--\\\"]\");\n</script>\r\n");
        }

        @Test
        void secondStreamIsRefused() {
            echo.stream("s");
            RecordingResponse second = echo.stream("s");
            echo.delays.pass();

            assertThat(second.body()).isEqualTo("h".repeat(2048) + "\nc[2010,\"Another connection still open\"]\n");
            assertThat(second.ended).isTrue();
        }

        @Test
        void brokenStreamIsNoticedWhenTheNextOneArrives() {
            RecordingResponse first = echo.stream("s");
            first.broken = true;
            RecordingResponse next = echo.stream("s");
            echo.delays.pass();

            assertThat(next.body()).endsWith("\nc[1002,\"Connection interrupted\"]\n");
            assertThat(next.ended).isTrue();
        }

        @Test
        void closeEndsTheStreamAndTheNextOneRepeatsTheReason() {
            RecordingResponse first = close.stream("s");
            RecordingResponse second = close.stream("s");

            assertThat(first.pieces).endsWith("o\n", "c[3000,\"Go away!\"]\n");
            assertThat(first.ended).isTrue();
            assertThat(second.pieces).containsExactly("h".repeat(2048) + "\n", "c[3000,\"Go away!\"]\n");
            assertThat(second.ended).isTrue();
        }
    }

    @Nested
    class JsonpPolling {

        @Test
        void sessionOpensAndEchoes() {
            assertThat(echo.receive("GET", "/000/s/jsonp?c=%63allback").body()).isEqualTo("/**/callback(\"o\");\r\n");

            Reply.Whole sent = echo.jsonpSend("s", "d=%5B%22x%22%5D", FORM);
            assertThat(sent).returns(200, Reply.Whole::status).returns("ok", Reply.Whole::body);
            assertThat(sent.headers()).containsEntry("Content-Type", "text/plain;charset=UTF-8");

            assertThat(echo.receive("GET", "/000/s/jsonp?c=%63allback").body())
                    .isEqualTo("/**/callback(\"a[\\\"x\\\"]\");\r\n");
        }

        @Test
        void bodyMayBeAFormOrPlain() {
            echo.receive("GET", "/000/s/jsonp?c=x");
            echo.jsonpSend("s", "d=%5B%22abc%22%5D", FORM);
            echo.jsonpSend("s", "[\"%61bc\"]", "text/plain");

            assertThat(echo.receive("GET", "/000/s/jsonp?c=x").body())
                    .isEqualTo("/**/x(\"a[\\\"abc\\\",\\\"%61bc\\\"]\");\r\n");
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "d=", "p=p"})
        void emptyPayloadIsRefused(String body) {
            echo.receive("GET", "/000/s/jsonp?c=x");

            assertThat(echo.jsonpSend("s", body, FORM))
                    .returns(500, Reply.Whole::status)
                    .returns("Payload expected.", Reply.Whole::body);
        }

        @ParameterizedTest
        @CsvSource({
            "d=%zz, A percent sign is not followed by two hexadecimal digits.",
            "d=%5B%5D&x=%, A percent sign is not followed by two hexadecimal digits.",
            "d=%E9, The text is not UTF-8 after its percent signs are decoded."
        })
        void malformedFormIsAnErrorThatSaysWhy(String body, String message) {
            echo.receive("GET", "/000/s/jsonp?c=x");

            assertThat(echo.jsonpSend("s", body, FORM))
                    .returns(500, Reply.Whole::status)
                    .returns(message, Reply.Whole::body);
        }

        @Test
        void malformedQueryIsAnErrorThatSaysWhy() {
            assertThat(echo.whole("GET", "/a/a/jsonp?c=x%4"))
                    .returns(500, Reply.Whole::status)
                    .returns("A percent sign is not followed by two hexadecimal digits.", Reply.Whole::body);
        }

        @Test
        void brokenJsonIsReportedAndAnEmptyArrayIsAccepted() {
            echo.receive("GET", "/000/s/jsonp?c=x");

            assertThat(echo.jsonpSend("s", "d=%5B%22x", FORM).body()).isEqualTo("Broken JSON encoding.");
            assertThat(echo.jsonpSend("s", "d=%5B%5D", FORM).body()).isEqualTo("ok");
        }

        @ParameterizedTest
        @ValueSource(strings = {"htmlfile", "jsonp"})
        void callbackIsRequired(String transport) {
            for (String query : List.of("", "?", "?c=", "?cc=x")) {
                assertThat(echo.whole("GET", "/a/a/" + transport + query))
                        .returns(500, Reply.Whole::status)
                        .returns("\"callback\" parameter required", Reply.Whole::body);
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"%20", "*", "abc(", "abc%28", "a%0ab", "%c3%a9", "<script>"})
        void callbackThatIsNotANameIsRefused(String callback) {
            for (String transport : List.of("htmlfile", "jsonp")) {
                assertThat(echo.whole("GET", "/a/a/" + transport + "?c=" + callback))
                        .returns(500, Reply.Whole::status)
                        .returns("invalid \"callback\" parameter", Reply.Whole::body);
            }
        }

        @Test
        void closedSessionReportsItsReason() {
            assertThat(close.receive("GET", "/000/s/jsonp?c=x").body()).isEqualTo("/**/x(\"o\");\r\n");
            assertThat(close.receive("GET", "/000/s/jsonp?c=x").body())
                    .isEqualTo("/**/x(\"c[3000,\\\"Go away!\\\"]\");\r\n");
        }
    }

    @Nested
    class Encoding {
        @Test
        void charactersThatBrowsersMangleAreEscaped() {
            String dangerous = IntStream.rangeClosed(0, 0xffff)
                    .filter(c -> c < 0x20
                            || (c >= 0x200c && c <= 0x200f)
                            || (c >= 0x2028 && c <= 0x202f)
                            || (c >= 0x2060 && c <= 0x206f)
                            || c >= 0xfff0
                            || (c >= 0xd800 && c <= 0xdfff && c % 97 == 0))
                    .filter(c -> c >= 0xff)
                    .mapToObj(c -> "\\u%04x".formatted(c))
                    .collect(Collectors.joining());
            echo.poll("s");
            echo.send("s", "[\"" + dangerous + "\"]");

            assertThat(echo.poll("s").body()).isEqualTo("a[\"" + dangerous + "\"]\n");
        }

        @Test
        void everyTextIsEchoedUnchanged() {
            echo.poll("s");
            echo.send("s", "[\"\u00e9 \ud83d\ude00 \\/ \\\\ \\\" \u007f\"]");

            assertThat(echo.poll("s").body()).isEqualTo("a[\"\\u00e9 \\ud83d\\ude00 / \\\\ \\\" \\u007f\"]\n");
        }
    }

    @Nested
    class Cookies {
        private final SockJsFixture cookie =
                new SockJsFixture(Echo.SOCKJS, new SockJsOptions(true, true, List.of("*"), "/c.js"));

        @ParameterizedTest
        @CsvSource({
            "POST, /0/s/xhr",
            "POST, /0/s/xhr_streaming",
            "GET, /0/s/eventsource",
            "GET, /0/s/htmlfile?c=x",
            "GET, /0/s/jsonp?c=x"
        })
        void sessionCookieIsInventedOrEchoed(String method, String path) {
            assertThat(((Reply.Stream) cookie.ask(method, path)).headers())
                    .containsEntry("Set-Cookie", "JSESSIONID=dummy; path=/");
            assertThat(((Reply.Stream) cookie.ask(method, path, "Cookie", "a=b; JSESSIONID=abcdef")).headers())
                    .containsEntry("Set-Cookie", "JSESSIONID=abcdef; path=/");
            assertThat(((Reply.Stream) cookie.ask(method, path, "Cookie", "JSESSIONID=a\r\nb")).headers())
                    .containsEntry("Set-Cookie", "JSESSIONID=dummy; path=/");
        }

        @Test
        void sendRequestSetsTheCookieToo() {
            cookie.poll("s");
            assertThat(cookie.send("s", "[]").headers()).containsEntry("Set-Cookie", "JSESSIONID=dummy; path=/");
            assertThat(cookie.jsonpSend("s", "d=%5B%5D", FORM).headers()).containsKey("Set-Cookie");
            assertThat(cookie.whole("GET", "/info").headers()).doesNotContainKey("Set-Cookie");
            assertThat(cookie.whole("GET", "/iframe.html").headers()).doesNotContainKey("Set-Cookie");
            assertThat(cookie.whole("GET", "").headers()).doesNotContainKey("Set-Cookie");
        }

        @Test
        void withoutTheOptionThereIsNoCookie() {
            echo.poll("s");
            assertThat(((Reply.Stream) echo.ask("POST", "/0/s/xhr", "Cookie", "JSESSIONID=abcdef")).headers())
                    .doesNotContainKey("Set-Cookie");
            assertThat(echo.upload("/0/s/xhr_send", "[]".getBytes(StandardCharsets.UTF_8))
                            .headers())
                    .doesNotContainKey("Set-Cookie");
        }
    }
}
