package org.wsnotify.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What the user marks while there is no connection, or while it breaks. */
abstract class MarkCases {

    private static final String CLIENT = "document.querySelector('notification-bell').client";

    private final Windows windows;
    private final String title = "Title " + UUID.randomUUID();
    private Cable cable;

    MarkCases(Windows windows) {
        this.windows = windows;
    }

    @Test
    void marksMadeOfflineShowAtOnceAndAreSentLater() throws Exception {
        DemoPage window = signedIn();
        DemoPage other = windows.signedIn("alice");
        publish("to be seen");
        publish("to be deleted");
        assertThat(window.inInbox(title)).hasCount(2);
        window.openBell();

        cut(window);
        mark(window, "markSeen", 1);
        mark(window, "remove", 0);
        assertThat(window.inBell(title)).hasCount(1);
        assertThat(window.inBell(title)).hasAttribute("data-seen", "true");
        assertThat(window.at("badge")).isHidden();
        assertThat(isPending(window)).isTrue();
        assertThat(other.at("badge")).hasText("2");
        cable.mend();

        assertThat(other.inInbox(title)).hasCount(1);
        assertThat(other.inInbox(title)).hasAttribute("data-seen", "true");
        assertThat(other.at("badge")).isHidden();
        window.waitUntil("!" + pending());
        assertThat(window.inBell(title)).hasCount(1);
        assertThat(window.evaluate("localStorage.length")).isEqualTo(0);
    }

    @Test
    void allSeenOfflineSparesWhatArrivesMeanwhile() throws Exception {
        DemoPage window = signedIn();
        publish("before");
        window.openBell();
        assertThat(window.inBell(title)).hasCount(1);

        cut(window);
        window.evaluate("() => { " + CLIENT + ".markAllSeen(); }");
        assertThat(window.inBell(title)).hasAttribute("data-seen", "true");
        assertThat(window.evaluate(CLIENT + ".inbox.pendingAll")).isEqualTo(true);
        publish("after");
        cable.mend();

        assertThat(window.inBell(title)).hasCount(2);
        assertThat(window.inBell(title).nth(0)).hasAttribute("data-seen", "false");
        assertThat(window.inBell(title).nth(1)).hasAttribute("data-seen", "true");
        assertThat(window.at("badge")).hasText("1");
        window.waitUntil("!" + CLIENT + ".inbox.pendingAll");
        DemoPage other = windows.demo().signIn("alice");
        assertThat(other.at("badge")).hasText("1");
    }

    @Test
    void marksOfAPageWithoutAConnectionAreSentByTheNextPageOfItsUser() throws Exception {
        DemoPage window = signedIn();
        DemoPage other = windows.signedIn("alice");
        publish("to be seen");
        assertThat(window.inInbox(title)).hasCount(1);
        cut(window);
        mark(window, "markSeen", 0);

        DemoPage next = windows.nextTo(window).open(windows.server().resolve("/demo/"));
        next.signIn("bob");
        assertThat(other.inInbox(title)).hasAttribute("data-seen", "false");
        next.signOut();
        next.signIn("alice");

        assertThat(other.inInbox(title)).hasAttribute("data-seen", "true");
        assertThat(other.at("badge")).isHidden();
        next.waitUntil("localStorage.length === 0");
    }

    @Test
    void markInAConnectionThatDiesBeforeTheAnswerIsSentAgain() throws Exception {
        DemoPage window = signedIn();
        publish("to be seen");
        assertThat(window.inInbox(title)).hasCount(1);
        AtomicInteger lost = new AtomicInteger();
        cable.withholdFromServer(envelope -> isSeen(envelope) && lost.incrementAndGet() > 0);

        mark(window, "markSeen", 0);
        window.waitFor(() -> lost.get() == 1);
        cut(window);
        cable.withholdFromServer(envelope -> false);
        cable.mend();

        window.waitUntil("!" + pending());
        DemoPage other = windows.demo().signIn("alice");
        assertThat(other.inInbox(title)).hasAttribute("data-seen", "true");
    }

    @Test
    void markThatTheServerCannotTakeNowIsSentAgain() throws Exception {
        DemoPage window = signedIn();
        publish("to be seen");
        assertThat(window.inInbox(title)).hasCount(1);
        AtomicInteger busy = new AtomicInteger();
        cable.withholdFromServer(envelope -> isSeen(envelope)
                && busy.incrementAndGet() < 3
                && cable.say("{'name':'error','data':{'code':'busy','message':'not now','request':'seen'}}"));

        window.inInbox(title).getByTestId("seen").click();

        assertThat(window.inInbox(title)).hasAttribute("data-seen", "true");
        window.waitFor(() -> busy.get() == 3);
        window.waitUntil("!" + pending());
        assertThat(window.at("inbox-problem")).isHidden();
    }

    private DemoPage signedIn() {
        DemoPage window = windows.blank();
        cable = window.cable();
        window.open(windows.server().resolve("/demo/")).signIn("alice");
        window.waitUntil(CLIENT + ".inbox.loaded");
        window.markAllSeen();
        return window;
    }

    private void cut(DemoPage window) {
        cable.cut();
        assertThat(window.at("connection-text")).hasText("Offline");
    }

    private void publish(String content) throws Exception {
        windows.publish("alice", Map.of("title", title, "content", content));
    }

    /** Marks the notification at an index of the inbox: its buttons wait for a connection. */
    private static void mark(DemoPage window, String method, int index) {
        window.evaluate("() => { %1$s.%2$s([%1$s.inbox.all[%3$d]._id]); }".formatted(CLIENT, method, index));
    }

    private static boolean isPending(DemoPage window) {
        return (boolean) window.evaluate(pending());
    }

    private static String pending() {
        return CLIENT + ".inbox.all.some((one) => " + CLIENT + ".inbox.isPending(one._id))";
    }

    private static boolean isSeen(JsonObject envelope) {
        return envelope.getString("name").equals("seen");
    }
}
