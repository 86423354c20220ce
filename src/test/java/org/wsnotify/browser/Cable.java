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
 * What lies between a page and the server: it can be cut and mended, and what goes over it can be withheld and made up.
 *
 * <p>Works while the browser is asked something. For one thread.
 */
final class Cable {

    private record Line(WebSocketRoute page, WebSocketRoute server) {}

    private final List<Line> lines = new ArrayList<>();
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
        Line line = new Line(page, page.connectToServer());
        lines.add(line);
        page.onMessage(frame -> {
            if (!swallowsOfPage.test(envelope(frame))) {
                line.server().send(frame.text());
            }
        });
        line.server().onMessage(frame -> {
            if (!swallowsOfServer.test(envelope(frame))) {
                page.send(frame.text());
            }
        });
    }

    /** Ends the connection, and lets no other through until it is mended. */
    void cut() {
        cut = true;
        hangUp(1001, "");
    }

    void mend() {
        cut = false;
    }

    /** Ends the connection as if the server did. */
    void hangUp(int code, String reason) {
        lines.forEach(line -> {
            close(line.page(), code, reason);
            line.server().close();
        });
        lines.clear();
    }

    /** Says to the page what the server did not. */
    void say(String json) {
        lines.forEach(line -> line.page().send(json));
    }

    /** From now on, the page's envelopes of that kind do not reach the server. */
    void withholdFromServer(Predicate<JsonObject> kind) {
        swallowsOfPage = kind;
    }

    /** From now on, the server's envelopes of that kind do not reach the page. */
    void withholdFromPage(Predicate<JsonObject> kind) {
        swallowsOfServer = kind;
    }

    /** How often the page has tried to connect. */
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
