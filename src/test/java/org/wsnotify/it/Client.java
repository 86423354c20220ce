package org.wsnotify.it;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/** A client on the raw WebSocket that records every envelope. */
final class Client implements WebSocket.Listener, AutoCloseable {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Duration DEADLINE = Duration.ofSeconds(20);

    private final List<JsonObject> received = new CopyOnWriteArrayList<>();
    private final StringBuilder partial = new StringBuilder();
    private volatile int closeCode;
    private volatile Instant closedAt;
    private WebSocket socket;

    private Client() {}

    static Client connect(URI uri, String... headers) {
        Client client = new Client();
        WebSocket.Builder builder = HTTP.newWebSocketBuilder();
        for (int i = 0; i < headers.length; i += 2) {
            builder.header(headers[i], headers[i + 1]);
        }
        client.socket = builder.buildAsync(uri, client).join();
        return client;
    }

    /** Connects and signs in a demo user. */
    static Client joined(URI uri, String login) {
        return joined(uri, login, login);
    }

    static Client joined(URI uri, String login, String password) {
        Client client = connect(uri);
        client.join(login, password);
        client.await("joined");
        client.await("notification");
        return client;
    }

    void join(String login, String password) {
        send("{'name':'join','data':{'login':'" + login + "','password':'" + password + "'}}");
    }

    /** Sends text; apostrophes stand for quotation marks. */
    void send(String text) {
        sendRaw(text.replace('\'', '"'));
    }

    void sendRaw(String text) {
        socket.sendText(text, true).join();
    }

    List<JsonObject> received(String name) {
        return received.stream().filter(named(name)).toList();
    }

    void forget() {
        received.clear();
    }

    JsonObject await(String name) {
        return await(name, envelope -> true);
    }

    JsonObject await(String name, Predicate<JsonObject> which) {
        return Awaitility.await(name)
                .atMost(DEADLINE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> find(name, which), Optional::isPresent)
                .orElseThrow();
    }

    /** Waits for the error with a code. */
    JsonObject awaitError(String code) {
        return await(
                "error", error -> error.getJsonObject("data").getString("code").equals(code));
    }

    JsonObject awaitContent(String content) {
        return await("notification", envelope -> contents(envelope).contains(content));
    }

    int awaitClose() {
        return Awaitility.await("close").atMost(DEADLINE).until(() -> closeCode, code -> code != 0);
    }

    /** Returns when the connection was closed. To be called after {@link #awaitClose}. */
    Instant closedAt() {
        return closedAt;
    }

    boolean isOpen() {
        return closeCode == 0;
    }

    private Optional<JsonObject> find(String name, Predicate<JsonObject> which) {
        return received.stream().filter(named(name)).filter(which).findFirst();
    }

    private static Predicate<JsonObject> named(String name) {
        return envelope -> envelope.getString("name").equals(name);
    }

    static List<String> contents(JsonObject envelope) {
        return envelope.getJsonArray("data").getValuesAs(JsonObject.class).stream()
                .map(item -> item.getString("content"))
                .toList();
    }

    static List<String> ids(JsonObject envelope) {
        return envelope.getJsonArray("data").stream()
                .map(item -> item instanceof JsonString text
                        ? text.getString()
                        : item.asJsonObject().getString("_id"))
                .toList();
    }

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
        partial.append(data);
        if (last) {
            received.add(Json.createReader(new StringReader(partial.toString())).readObject());
            partial.setLength(0);
        }
        webSocket.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
        closedAt = Instant.now();
        closeCode = statusCode;
        return null;
    }

    @Override
    public void onError(WebSocket webSocket, Throwable error) {
        if (closeCode == 0) {
            closedAt = Instant.now();
            closeCode = 1006;
        }
    }

    /** Drops the connection without a close frame. */
    void drop() {
        socket.abort();
    }

    @Override
    public void close() {
        socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
    }
}
