package org.wsnotify.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.wsnotify.Ports;
import org.wsnotify.it.TestServer;
import org.wsnotify.it.ThrottledLink;

/**
 * The windows of one browser, their server, and a back end that publishes to their users. For one thread.
 */
final class Windows implements AutoCloseable {

    /** What tokens are signed with. */
    static final String SECRET = "0123456789abcdef0123456789abcdef";

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<DemoPage> open = new ArrayList<>();
    private final SystemChromium chromium;
    private final ForeignSite elsewhere;
    private final ForeignSite stranger = ForeignSite.start();
    private final int applicationPort = Ports.free();
    private final TestServer server;

    private Windows(SystemChromium chromium, Path directory) {
        this.chromium = chromium;
        elsewhere = ForeignSite.start();
        server = TestServer.in(directory)
                .with("notification.demo", "true")
                .with("notification.allowed-origins", elsewhere.origin() + "," + application())
                .with("notification.token.secret", SECRET)
                .start();
    }

    /** Starts the browser, and a server in a directory. */
    static Windows at(Path directory) {
        return new Windows(SystemChromium.start(), directory);
    }

    URI server() {
        return server.http("/");
    }

    /** Returns an empty window. */
    DemoPage blank() {
        DemoPage window = new DemoPage(chromium.window());
        open.add(window);
        return window;
    }

    /** Returns another tab in the window of a page: they share the browser's storage. */
    DemoPage nextTo(DemoPage page) {
        DemoPage tab = page.tab();
        open.add(tab);
        return tab;
    }

    /** Returns an empty tab that shares cookies and storage with a window. */
    DemoPage anotherTab(DemoPage window) {
        DemoPage tab = new DemoPage(window.page().context());
        open.add(tab);
        return tab;
    }

    DemoPage demo() {
        return blank().open(server().resolve("/demo/"));
    }

    /** Returns a window whose user has nothing unseen. */
    DemoPage signedIn(String user) {
        DemoPage window = demo().signIn(user);
        window.markAllSeen();
        return window;
    }

    /** Shows a page of another site in a window. */
    DemoPage showElsewhere(DemoPage window, String html) {
        return window.open(elsewhere.page(html, server()));
    }

    /** Shows a page of another site that reaches the server through a link on this machine. */
    DemoPage showThrough(ThrottledLink link, DemoPage window, String html) {
        return window.open(elsewhere.page(html, URI.create("http://127.0.0.1:" + link.port() + "/")));
    }

    /** Shows a page of another site that forbids to turn texts into code. */
    DemoPage showStrictly(DemoPage window, String html) {
        return window.open(elsewhere.strictPage(html, server()));
    }

    /** Lets the other site answer with tokens; see {@link ForeignSite#tokens}. */
    void tokensElsewhere(Supplier<String> tokens) {
        elsewhere.tokens(tokens);
    }

    /** Returns a token that is valid for a while. Less than a minute ago is possible, because clocks may differ. */
    static String token(String user, Duration lifetime) {
        SignedJWT token = new SignedJWT(
                new JWSHeader(JWSAlgorithm.HS256),
                new JWTClaimsSet.Builder()
                        .subject(user)
                        .expirationTime(Date.from(Instant.now().plus(lifetime)))
                        .build());
        try {
            token.sign(new MACSigner(SECRET));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
        return token.serialize();
    }

    /** Returns the address where a test may start an application of its own: its pages may use the server. */
    URI application() {
        return URI.create("http://localhost:" + applicationPort);
    }

    /** Shows a page of a site whose origin the server does not allow. */
    DemoPage showOfStranger(DemoPage window, String html) {
        return window.open(stranger.page(html, server()));
    }

    /** Returns a window in which no WebSocket can be opened. */
    DemoPage withoutWebSockets() {
        return blank().withoutWebSockets();
    }

    String strangeOrigin() {
        return stranger.origin();
    }

    void publish(String user, Map<String, String> message) throws Exception {
        publish(user, 1, message);
    }

    /** Publishes with a user {@code times} times among the recipients, so the user gets that many notifications. */
    void publish(String user, int times, Map<String, String> message) throws Exception {
        JsonArrayBuilder users = Json.createArrayBuilder();
        for (int i = 0; i < times; i++) {
            users.add(Json.createObjectBuilder().add("id", user));
        }
        JsonObjectBuilder body = Json.createObjectBuilder().add("users", users);
        message.forEach(body::add);
        publishJson(body.build().toString());
    }

    /** Publishes a body of JSON. */
    void publishJson(String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(server().resolve("/notify"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    /** Closes the windows and asserts that none had a script error. */
    void closeAll() {
        List<String> faults =
                open.stream().flatMap(window -> window.faults().stream()).toList();
        open.forEach(DemoPage::close);
        open.clear();
        assertThat(faults).isEmpty();
    }

    @Override
    public void close() {
        chromium.close();
        server.close();
        elsewhere.close();
        stranger.close();
    }
}
