package org.wsnotify.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.wsnotify.body.BodyGate;
import org.wsnotify.body.BodyIntake;
import org.wsnotify.body.IntakeLimits;
import org.wsnotify.client.RemoteClient;

class AccessFilterTest {

    private static final String FRIEND = "https://www.example.org";

    @Test
    void stoppedServerRefusesEveryRequest() throws Exception {
        AccessFilter stopped = filter(true);
        stopped.gate.close();
        for (String path : List.of("/notify", "/notification/info", "/", "/demo/")) {
            Exchange exchange = new Exchange().path(path).through(stopped);

            assertThat(exchange.passedOn()).as(path).isEmpty();
            assertThat(exchange.status()).as(path).isEqualTo(503);
        }
    }

    @Test
    void healthChecksArePassedOnWhileTheServerStops() throws Exception {
        AccessFilter stopped = filter(true);
        stopped.gate.close();

        assertThat(new Exchange().path("/health/live").through(stopped).passedOn())
                .isPresent();
    }

    @ParameterizedTest
    @CsvSource({"/notification/websocket, websocket", "/notification/000/a/websocket, websocket", "/notification/info,"
    })
    void serverThatBeginsToStopRefusesWhatBeginsSessions(String path, String upgrade) throws Exception {
        AccessFilter filter = filter(true);
        filter.gate.refuseSessions();
        Exchange exchange = new Exchange().path(path).header("Origin", FRIEND);
        if (upgrade != null) {
            exchange.header("Upgrade", upgrade);
        }

        exchange.through(filter);

        assertThat(exchange.passedOn()).isEmpty();
        assertThat(exchange.status()).isEqualTo(503);
        assertThat(exchange.answered("Retry-After")).isPresent();
        assertThat(exchange.answered("Access-Control-Allow-Origin"))
                .as("pages may read it")
                .contains(FRIEND);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/notify", "/notification/000/a/xhr", "/bell.js"})
    void serverThatBeginsToStopAnswersAllElse(String path) throws Exception {
        AccessFilter filter = filter(true);
        filter.gate.refuseSessions();

        assertThat(new Exchange().path(path).through(filter).passedOn()).isPresent();
    }

    @Test
    void stopWaitsForRequestsThatCameBefore() throws Exception {
        AccessFilter filter = filter(true);
        AtomicReference<Boolean> idle = new AtomicReference<>();
        Exchange before = new Exchange().path("/users/anna/counts");

        filter.doFilter(before.request(), before.response(), (request, response) -> {
            filter.gate.close();
            new Exchange().path("/notify").through(filter);
            idle.set(isIdle(filter, Duration.ZERO));
        });

        assertThat(idle.get()).as("idle while a request is under way").isFalse();
        assertThat(isIdle(filter, Duration.ofMinutes(1))).isTrue();
    }

    private static boolean isIdle(AccessFilter filter, Duration patience) {
        try {
            return filter.gate.awaitIdle(patience);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void clientCannotForgeTheHeaderThatNamesIt() throws Exception {
        Exchange exchange = new Exchange().from("192.0.2.7").header(RemoteClient.HEADER, "127.0.0.1 local");

        var seen = exchange.through(filter(false)).passedOn().orElseThrow();

        assertThat(RemoteClient.parse(seen.getHeader(RemoteClient.HEADER)).address())
                .isEqualTo("192.0.2.7");
        assertThat(RemoteClient.parse(seen.getHeaders(RemoteClient.HEADER).nextElement())
                        .local())
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/notify", "/notification/websocket"})
    void pagesOfForeignOriginsAreRefused(String path) throws Exception {
        Exchange exchange = new Exchange()
                .path(path)
                .at("bell.example.org")
                .header("Upgrade", "websocket")
                .header("Origin", "https://evil.example.org")
                .through(filter(false));

        assertThat(exchange.passedOn()).isEmpty();
        assertThat(exchange.status()).isEqualTo(403);
        assertThat(exchange.body()).contains("\"code\":\"origin-not-allowed\"");
        assertThat(exchange.answered("Access-Control-Allow-Origin")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {FRIEND, "http://bell.example.org", "https://bell.example.org"})
    void pagesOfTheSameAndOfConfiguredOriginsMayConnect(String origin) throws Exception {
        Exchange exchange =
                new Exchange().at("bell.example.org").header("Origin", origin).through(filter(false));

        assertThat(exchange.passedOn()).isPresent();
    }

    @Test
    void onlyConfiguredOriginsGetCorsHeaders() throws Exception {
        Exchange friend =
                new Exchange().method("OPTIONS").header("Origin", FRIEND).through(filter(false));
        Exchange stranger = new Exchange()
                .method("OPTIONS")
                .header("Origin", "https://evil.example.org")
                .through(filter(false));

        assertThat(friend.answered("Access-Control-Allow-Origin")).contains(FRIEND);
        assertThat(friend.answered("Vary")).contains("Origin");
        assertThat(stranger.answered("Access-Control-Allow-Origin")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"/bell.js,*", "/bell/sockjs-1a2b.js,*", "/sockjs/1.6.1/sockjs.min.js,*", "/demo/demo.js,"})
    void scriptsThatPagesOfOtherOriginsLoadMayBeReadByAll(String path, String allowed) throws Exception {
        Exchange exchange = new Exchange().method("GET").path(path).through(filter(false));

        assertThat(exchange.answered("Access-Control-Allow-Origin")).isEqualTo(Optional.ofNullable(allowed));
    }

    @Test
    void queryIsEncodedAsTheRfcRequires() throws Exception {
        Exchange raw = new Exchange()
                .query("users=[{\"id\":1}]&content=\u00c3\u00a9+%e9|")
                .through(filter(false));

        assertThat(raw.passedOn().orElseThrow().getQueryString())
                .isEqualTo("users=%5B%7B%22id%22:1%7D%5D&content=%C3%A9+%e9%7C");
        assertThat(new Exchange()
                        .through(filter(false))
                        .passedOn()
                        .orElseThrow()
                        .getQueryString())
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"content=%", "content=%4", "content=%zz", "content=%C3%A", "a%&content=c"})
    void malformedPercentSignInAQueryIsRefused(String query) throws Exception {
        Exchange exchange = new Exchange().query(query).through(filter(false));

        assertThat(exchange.passedOn()).isEmpty();
        assertThat(exchange.status()).isEqualTo(400);
        assertThat(exchange.answered("Content-Type")).contains("application/problem+json");
        assertThat(exchange.body()).contains("\"code\":\"bad-query\"", "two hexadecimal digits");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/notify", "/notification/1/a/xhr_send"})
    void compressedBodyIsRefusedUnread(String path) throws Exception {
        Exchange gzip =
                new Exchange().path(path).header("Content-Encoding", "gzip").through(filter(false));

        assertThat(gzip.passedOn()).isEmpty();
        assertThat(gzip.status()).isEqualTo(415);
        assertThat(gzip.body()).contains("\"code\":\"unsupported-media-type\"");
        assertThat(new Exchange()
                        .path(path)
                        .header("Content-Encoding", "identity")
                        .through(filter(false))
                        .passedOn())
                .isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/demo", "/demo/", "/demo/demo.js", "//demo/", "/./demo/", "/demo//demo.js"})
    void demoIsNotFoundUnlessEnabled(String path) throws Exception {
        assertThat(new Exchange()
                        .method("GET")
                        .path(path)
                        .through(filter(false))
                        .status())
                .isEqualTo(404);
        assertThat(new Exchange().method("GET").path(path).through(filter(true)).passedOn())
                .isPresent();
    }

    @Test
    void pagesMayLoadOnlyScriptsOfTheirOrigin() throws Exception {
        Exchange page =
                new Exchange().method("GET").path("/").header("Upgrade", "h2c").through(filter(false));

        assertThat(page.answered("Content-Security-Policy").orElseThrow()).contains("default-src 'self'");
        assertThat(page.answered("X-Content-Type-Options")).contains("nosniff");
    }

    @Test
    void errorsAreProblemsForProgramsAndPagesForBrowsers() throws Exception {
        Exchange program = new Exchange().asError(400);
        new ErrorServlet().service(program.request(), program.response());
        assertThat(program.status()).isEqualTo(400);
        assertThat(program.answered("Content-Type")).contains("application/problem+json");
        assertThat(program.body()).contains("\"code\":\"bad-request\"", "\"status\":400");

        Exchange browser = new Exchange().header("Accept", "text/html,*/*").asError(404);
        new ErrorServlet().service(browser.request(), browser.response());
        assertThat(browser.body()).contains("<h1>404 Not Found</h1>");

        Exchange direct = new Exchange();
        new ErrorServlet().service(direct.request(), direct.response());
        assertThat(direct.status()).isEqualTo(404);
    }

    @SuppressWarnings("UnnecessaryAssignment") // what the container does
    private static AccessFilter filter(boolean demo) {
        AccessFilter filter = new AccessFilter();
        filter.gate = new AvailabilityGate();
        BodyIntake intake =
                new BodyIntake(new IntakeLimits(1, 1, 1, 0, Duration.ZERO, Duration.ofSeconds(1), 1), System::nanoTime);
        filter.bodyGate = (header, query) -> new BodyGate.Admitted(intake, 0, end -> null);
        filter.policy = new AccessPolicy(new Origins(List.of(FRIEND)), List.of(), demo);
        filter.init();
        return filter;
    }
}
