package org.wsnotify.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import jakarta.json.Json;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.wsnotify.it.TestServer;

/**
 * Pages written for the earlier server, with both generations of the SockJS client, over each transport.
 */
class SockJsClientIT {

    private static final String STRANGE = "\u00dc <b>&</b> </script> \u2028 \ud83d\ude00 \\ \"";

    private static final int TRIES = 5;

    /** Frames contain objects whose data is JSON in a string. */
    private static final String PAGE = """
            () => {
              Object.assign(window, {got: [], state: 'new', protocol: '', sock: null});
              Object.assign(window, {connect, say, joined, withTitle, told});
              function connect(transport, login) {
                got = []; state = 'connecting';
                const options = {protocols_whitelist: [transport], transports: [transport], timeout: 10000};
                sock = new SockJS('/notification', null, options);
                sock.onopen = function () {
                  state = 'open';
                  protocol = sock.protocol || sock.transport;
                  say('join', {login: login, password: login});
                };
                sock.onmessage = function (e) { got.push({name: e.data.name, data: JSON.parse(e.data.data)}); };
                sock.onclose = function (e) { state = 'closed ' + e.code + ' ' + e.reason; };
              }
              function say(name, data) { sock.send(JSON.stringify({name: name, data: data})); }
              function notifications() {
                return got.filter(function (e) { return e.name === 'notification'; })
                  .map(function (e) { return e.data; }).reduce(function (a, b) { return a.concat(b); }, []);
              }
              function joined() { return got.some(function (e) { return e.name === 'notification'; }); }
              function withTitle(title) {
                return notifications().filter(function (n) { return n.title === title; })[0];
              }
              function told(name, id) {
                return got.some(function (e) { return e.name === name && e.data.indexOf(id) >= 0; });
              }
            }
            """;

    @TempDir
    static Path directory;

    private static SystemChromium chromium;
    private static TestServer server;
    private static TestServer earlier;

    @BeforeAll
    static void start() {
        chromium = SystemChromium.start();
        server = TestServer.in(directory.resolve("a"))
                .with("notification.demo", "true")
                .start();
        earlier = TestServer.in(directory.resolve("b"))
                .with("notification.demo", "true")
                .with("notification.sockjs.client", "/sockjs/0.3.4/sockjs.min.js")
                .start();
    }

    @AfterAll
    static void stop() {
        for (AutoCloseable started : new AutoCloseable[] {chromium, server, earlier}) {
            try {
                if (started != null) {
                    started.close();
                }
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "websocket",
        "xhr-streaming",
        "eventsource",
        "iframe-eventsource",
        "htmlfile",
        "iframe-htmlfile",
        "xhr-polling",
        "iframe-xhr-polling",
        "jsonp-polling"
    })
    void currentSockJsClientWorksOverEachTransport(String transport) throws Exception {
        joinsIsToldAndComesBack(server, "1.6.1", transport);
    }

    @ParameterizedTest
    @CsvSource({
        "websocket",
        "xhr-streaming",
        "iframe-eventsource",
        "iframe-htmlfile",
        "xhr-polling",
        "iframe-xhr-polling",
        "jsonp-polling"
    })
    void earlierSockJsClientWorksOverEachTransport(String transport) throws Exception {
        joinsIsToldAndComesBack(earlier, "0.3.4", transport);
    }

    private static void joinsIsToldAndComesBack(TestServer at, String version, String transport) throws Exception {
        String title = "t" + UUID.randomUUID();
        try (BrowserContext window = chromium.window()) {
            Page page = window.newPage();
            page.setDefaultTimeout(20_000);
            page.navigate(at.http("/").toString()); // a real page: a fake one has no network
            page.addScriptTag(new Page.AddScriptTagOptions().setUrl("/sockjs/" + version + "/sockjs.min.js"));
            page.evaluate(PAGE);
            connect(page, transport);
            assertThat(page.evaluate("protocol")).isEqualTo(transport);

            publish(at, title);
            page.waitForFunction("title => withTitle(title)", title);
            assertThat(page.evaluate("title => withTitle(title).content", title))
                    .isEqualTo(STRANGE);
            String id = (String) page.evaluate("title => withTitle(title)._id", title);

            page.evaluate("id => say('seen', {ids: [id]})", id);
            page.waitForFunction("id => told('seen', id)", id);
            page.evaluate("() => { got = []; say('content', {page: 0}); }");
            page.waitForFunction("title => withTitle(title) && withTitle(title).seen", title);

            page.evaluate("() => sock.close()");
            page.waitForFunction("() => state.indexOf('closed 1000') === 0");
            connect(page, transport);
            assertThat(page.evaluate("title => Boolean(withTitle(title))", title))
                    .isEqualTo(false);
            publish(at, title);
            page.waitForFunction("title => withTitle(title)", title);
            page.evaluate("title => say('delete', {ids: [withTitle(title)._id]})", title);
            page.waitForFunction("title => told('delete', withTitle(title)._id)", title);
        }
    }

    /**
     * Retries as pages do: the client allows a transport a few round trips, and a fresh server may exceed them.
     */
    private static void connect(Page page, String transport) {
        boolean joined = false;
        for (int i = 0; i < TRIES && !joined; i++) {
            page.evaluate("transport => connect(transport, 'alice')", transport);
            page.waitForFunction("() => joined() || state.indexOf('closed') === 0");
            joined = (Boolean) page.evaluate("joined()");
        }
        assertThat(joined)
                .as("joined, over " + transport + ": " + page.evaluate("state"))
                .isTrue();
    }

    private static void publish(TestServer at, String title) throws Exception {
        URI notify = at.http("/notify");
        String body = Json.createObjectBuilder(Map.of("title", title, "content", STRANGE))
                .add(
                        "users",
                        Json.createArrayBuilder().add(Json.createObjectBuilder().add("id", "alice")))
                .build()
                .toString();
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(notify)
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
    }
}
