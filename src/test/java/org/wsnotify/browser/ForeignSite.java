package org.wsnotify.browser;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/**
 * A site of another origin with one page, and with tokens for its user. Its policy allows only the scripts of the server
 * under test.
 */
final class ForeignSite implements AutoCloseable {

    /** Where the tokens are. */
    static final String TOKENS = "/my/bell-token";

    private final HttpServer http;
    private volatile byte[] html = {};
    private volatile String policy = "";
    private volatile Supplier<String> tokens = () -> "";

    private ForeignSite(HttpServer http) {
        this.http = http;
        http.createContext("/", this::answer);
        http.createContext(TOKENS, this::answerWithToken);
        http.start();
    }

    static ForeignSite start() {
        try {
            return new ForeignSite(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String origin() {
        return "http://127.0.0.1:" + http.getAddress().getPort();
    }

    /** Publishes a page that may use the scripts and the WebSocket of a server. */
    URI page(String text, URI server) {
        html = ("<!doctype html><title>elsewhere</title>" + text).getBytes(StandardCharsets.UTF_8);
        policy = "default-src 'none'; script-src http://%1$s; connect-src 'self' http://%1$s ws://%1$s"
                .formatted(server.getAuthority());
        return URI.create(origin() + "/");
    }

    /** Publishes such a page, whose policy also requires Trusted Types: no text may become code. */
    URI strictPage(String text, URI server) {
        URI page = page(text, server);
        policy = policy.concat("; require-trusted-types-for 'script'; trusted-types 'none'");
        return page;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", "text/html;charset=UTF-8");
            exchange.getResponseHeaders().set("Content-Security-Policy", policy);
            exchange.sendResponseHeaders(200, html.length);
            exchange.getResponseBody().write(html);
        }
    }

    /** Answers with these tokens from now on; with 401 for null, and with 500 for an empty one. */
    void tokens(Supplier<String> supplier) {
        tokens = supplier;
    }

    private void answerWithToken(HttpExchange exchange) throws IOException {
        try (exchange) {
            String token = tokens.get();
            byte[] answer = ("{\"token\":\"" + token + "\"}").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(token == null ? 401 : token.isEmpty() ? 500 : 200, answer.length);
            exchange.getResponseBody().write(answer);
        }
    }

    @Override
    public void close() {
        http.stop(0);
    }
}
