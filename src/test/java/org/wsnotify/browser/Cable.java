package org.wsnotify.browser;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.WebSocketFrame;
import com.microsoft.playwright.WebSocketRoute;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * The connection between a page and the server. Tests cut and mend it, and withhold or invent envelopes.
 *
 * <p>Handlers run only while the test calls the browser. For one thread.
 */
final class Cable {

    private record RoutedSocket(WebSocketRoute page, WebSocketRoute server) {}

    private final List<RoutedSocket> sockets = new ArrayList<>();
    private Predicate<JsonObject> swallowsOfPage = envelope -> false;
    private Predicate<JsonObject> swallowsOfServer = envelope -> false;
    private boolean cut;
    private int tries;

    Cable(Page page) {
        page.routeWebSocket("**/notification/websocket", this::connect);
    }

    private void connect(WebSocketRoute page) {
        tries++;
        if (cut) {
            close(page, 1001, "");
            return;
        }
        RoutedSocket socket = new RoutedSocket(page, page.connectToServer());
        sockets.add(socket);
        page.onMessage(frame -> {
            if (!swallowsOfPage.test(envelope(frame))) {
                socket.server().send(frame.text());
            }
        });
        socket.server().onMessage(frame -> {
            if (!swallowsOfServer.test(envelope(frame))) {
                page.send(frame.text());
            }
        });
    }

    /** Ends the connection and blocks new ones until it is mended. */
    void cut() {
        cut = true;
        hangUp(1001, "");
    }

    void mend() {
        cut = false;
    }

    /** Ends the connection as the server would. */
    void hangUp(int code, String reason) {
        sockets.forEach(socket -> {
            close(socket.page(), code, reason);
            socket.server().close();
        });
        sockets.clear();
    }

    /**
     * Sends the page an envelope that the server did not send.
     *
     * @param json may have {@code '} in place of quotation marks
     * @return true
     */
    boolean say(String json) {
        return send(json.replace('\'', '"'));
    }

    /**
     * Sends the page an envelope that the server sent otherwise.
     *
     * @return true
     */
    boolean say(JsonObject envelope) {
        return send(envelope.toString());
    }

    private boolean send(String text) {
        sockets.forEach(socket -> socket.page().send(text));
        return true;
    }

    /** From now on, matching envelopes of the page do not reach the server. */
    void withholdFromServer(Predicate<JsonObject> kind) {
        swallowsOfPage = kind;
    }

    /** From now on, matching envelopes of the server do not reach the page. */
    void withholdFromPage(Predicate<JsonObject> kind) {
        swallowsOfServer = kind;
    }

    /** Returns how often the page has tried to connect. */
    int tries() {
        return tries;
    }

    private static JsonObject envelope(WebSocketFrame frame) {
        return Json.createReader(new StringReader(frame.text())).readObject();
    }

    private static void close(WebSocketRoute socket, int code, String reason) {
        socket.close(new WebSocketRoute.CloseOptions().setCode(code).setReason(reason));
    }
}
