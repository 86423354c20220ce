package org.wsnotify.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** How the page handles a broken connection and a server that cannot answer. */
abstract class ConnectionCases {

    private static final String CLIENT = "document.querySelector('notification-bell').client";

    private final Windows windows;
    private final String title = "Title " + UUID.randomUUID();
    private Cable cable;

    ConnectionCases(Windows windows) {
        this.windows = windows;
    }

    @Test
    void nothingIsLostOrDuplicatedWhenTheConnectionIsCut() throws Exception {
        DemoPage window = signedIn();
        window.openBell();
        publish("before");
        assertThat(window.inBell(title)).hasCount(1);
        assertThat(window.at("spoken")).containsText(title);

        cut(window);
        assertThat(window.at("notice")).containsText("No connection");
        publish("while it was cut");
        publish("while it was cut, too");
        assertThat(window.inBell(title)).hasCount(1);
        cable.mend();

        assertThat(window.at("connection-text")).hasText("Online");
        assertThat(window.inBell(title)).hasCount(3);
        assertThat(window.inInbox(title)).hasCount(3);
        assertThat(ids(window.inBell(title))).doesNotHaveDuplicates();
        assertThat(window.at("badge")).hasText("3");
        assertThat(window.at("notice")).isHidden();
        assertThat(window.at("spoken")).hasText("2 new notifications. 3 unread.");
        assertThat(window.rings())
                .as("one for the push, one for what was missed")
                .isEqualTo(2);
    }

    @Test
    void deviceWithoutNetworkIsShownAtOnce() {
        DemoPage window = signedIn();

        window.offline(true);
        assertThat(window.at("connection-text")).hasText("Offline");

        window.offline(false);
        assertThat(window.at("connection-text")).hasText("Online");
    }

    @Test
    void connectionThatDiedSilentlyIsNoticedAndMadeAgain() throws Exception {
        DemoPage window = quietWithClock();
        cable.withholdFromServer(envelope -> isNamed("ping", envelope));

        for (int seconds = 0; seconds < 45 && cable.tries() == 1; seconds++) {
            window.pass(Duration.ofSeconds(1));
        }
        assertThat(cable.tries()).isEqualTo(2);
        cable.withholdFromServer(envelope -> false);

        assertThat(window.at("connection-text")).hasText("Online");
        publish("after it");
        assertThat(window.inInbox(title)).hasCount(2);
    }

    @Test
    void quietConnectionThatLivesIsKept() throws Exception {
        DemoPage window = quietWithClock();

        AtomicInteger pings = new AtomicInteger();
        AtomicInteger pongs = new AtomicInteger();
        cable.withholdFromServer(envelope -> isNamed("ping", envelope) && pings.incrementAndGet() == 0);
        cable.withholdFromPage(envelope -> isNamed("pong", envelope) && pongs.incrementAndGet() == 0);

        for (int seconds = 0; seconds < 70; seconds++) {
            window.pass(Duration.ofSeconds(1));
            window.waitFor(() -> pongs.get() == pings.get());
        }

        assertThat(pings).hasPositiveValue();
        assertThat(cable.tries()).isEqualTo(1);
        assertThat(window.at("connection-text")).hasText("Online");
    }

    @Test
    void missedNotificationsRingEvenIfAPushArrivesBeforeTheList() throws Exception {
        DemoPage window = signedIn();
        AtomicBoolean pushed = new AtomicBoolean();
        cut(window);
        publish("missed");
        cable.withholdFromServer(
                envelope -> isNamed("content", envelope) && !pushed.get() && answer("content", "store-unavailable"));
        cable.withholdFromPage(envelope -> {
            pushed.compareAndSet(false, isPush(envelope));
            return false;
        });

        cable.mend();
        assertThat(window.at("connection-text")).hasText("Online");
        publish("pushed");

        window.waitForRings(2);
        assertThat(window.inInbox(title)).hasCount(2);
    }

    @Test
    void pushBeforeTheListRings() throws Exception {
        DemoPage window = signedIn();
        window.openBell();
        cut(window);
        cable.withholdFromPage(envelope -> isNamed("notification", envelope) && envelope.containsKey("page"));
        cable.mend();
        assertThat(window.at("connection-text")).hasText("Online");

        publish("pushed");

        window.waitForRings(1);
        assertThat(window.inBell(title)).hasCount(1);
    }

    @Test
    void changesFromAnotherDeviceShowAfterReconnecting() throws Exception {
        DemoPage window = signedIn();
        publish("to be seen");
        publish("to be deleted");
        assertThat(window.inInbox(title)).hasCount(2);

        cut(window);
        DemoPage other = windows.demo().signIn("alice");
        assertThat(other.inInbox(title)).hasCount(2);
        other.inInbox(title).nth(0).getByTestId("delete").click();
        assertThat(other.inInbox(title)).hasCount(1);
        other.inInbox(title).getByTestId("seen").click();
        assertThat(other.inInbox(title)).hasAttribute("data-seen", "true");
        cable.mend();

        assertThat(window.inInbox(title)).hasCount(1);
        assertThat(window.inInbox(title)).hasAttribute("data-seen", "true");
        assertThat(window.at("badge")).isHidden();
    }

    @Test
    @SuppressWarnings("unchecked")
    void pausesBetweenRetriesGrow() {
        DemoPage window = signedIn();
        window.evaluate("""
                () => {
                  window.pauses = [];
                  const client = CLIENT;
                  client.addEventListener('state', ({ detail: { retryAt } }) => {
                    if (retryAt) {
                      window.pauses.push(retryAt - Date.now());
                    }
                  });
                }""".replace("CLIENT", CLIENT));

        cable.cut();
        window.waitUntil("window.pauses.length >= 4");

        List<Number> pauses = (List<Number>) window.evaluate("window.pauses");
        for (int i = 0; i < 4; i++) {
            double most = 500 * Math.pow(2, i);
            assertThat(pauses.get(i).doubleValue()).isBetween(most / 2 - 50, most);
        }
    }

    @Test
    void clientClosedWith1008ShowsTheReasonAndStaysAway() {
        DemoPage window = windows.blank();
        window.setClock();
        cable = window.cable();
        window.open(windows.server().resolve("/demo/")).signIn("alice");

        cable.hangUp(1008, "too many failed logins");

        assertThat(window.at("sign-in-problem"))
                .hasText("The server closed the connection: too many failed logins. Sign in again in a few minutes.");
        int tries = cable.tries();
        window.letPass(Duration.ofMinutes(5));
        assertThat(cable.tries()).isEqualTo(tries);
        assertThat(window.evaluate(CLIENT + ".retryAt")).isNull();
    }

    @Test
    void unavailableLoginIsRetried() {
        DemoPage window = wired();
        answerOnce("join", "login-unavailable");

        window.signIn("alice");

        assertThat(window.at("sign-in-problem")).isHidden();
        assertThat(cable.tries()).isEqualTo(2);
    }

    @Test
    void listThatCannotBeLoadedIsRetried() throws Exception {
        publish("in the list");
        DemoPage window = wired();
        playOlderServer();
        answerOnce("content", "store-unavailable");

        window.signIn("alice");
        window.openBell();

        assertThat(window.inBell(title)).hasCount(1);
        assertThat(window.inInbox(title)).hasCount(1);
        assertThat(cable.tries()).isEqualTo(1);
    }

    @Test
    void listThatCannotBeLoadedShowsAMessage() {
        DemoPage window = wired();
        playOlderServer();
        cable.withholdFromServer(envelope -> isNamed("content", envelope) && answer("content", "store-unavailable"));

        window.signIn("alice");
        window.openBell();

        assertThat(window.at("empty")).containsText("Couldn't load your notifications");
    }

    @Test
    void busyFailsOnlyTheRequestItAnswers() {
        DemoPage window = signedIn();
        cable.withholdFromServer(envelope -> isPage(1, envelope) && answer("content", "busy"));

        window.evaluate("""
                () => {
                  const client = CLIENT;
                  Promise.allSettled([client.page(0), client.page(1)]).then((both) => {
                    window.outcomes = both.map(({ status, reason }) => reason?.code ?? status).join();
                  });
                }""".replace("CLIENT", CLIENT));

        window.waitUntil("window.outcomes === 'fulfilled,busy'");
    }

    @Test
    void changeThatTheServerRejectsIsReportedAndUndone() throws Exception {
        DemoPage window = signedIn();
        publish("not to be seen");
        cable.withholdFromServer(envelope -> isNamed("seen", envelope) && answer("seen", "bad-id"));

        window.openBell();
        window.inBell(title).getByTestId("seen").click();

        assertThat(window.at("failure")).hasText("That didn't work. Try again.");
        assertThat(window.inBell(title)).hasAttribute("data-seen", "false");
    }

    @Test
    void notificationsNewerThanAllSeenStayUnseen() throws Exception {
        DemoPage window = signedIn();
        publish("seen");
        publish("newer");
        window.openBell();
        assertThat(window.inBell(title)).hasCount(2);
        String seen = ids(window.inBell(title)).get(1);

        cable.say(
                "{'name':'seen','data':[],'all':true,'upTo':'%s','counts':{'unseen':1,'byType':{'':1},'capped':false}}"
                        .formatted(seen));

        assertThat(window.inBell(title).nth(1)).hasAttribute("data-seen", "true");
        assertThat(window.inBell(title).nth(0)).hasAttribute("data-seen", "false");
        assertThat(window.at("badge")).hasText("1");
    }

    @Test
    void notificationsMarkedAsSeenByMistakeAreReloaded() throws Exception {
        DemoPage window = signedIn();
        publish("unseen");
        window.openBell();
        assertThat(window.inBell(title)).hasCount(1);

        cable.say("{'name':'seen','data':[],'all':true}");
        assertThat(window.inBell(title)).hasAttribute("data-seen", "true");
        cable.say("{'name':'counts','data':{'unseen':1,'byType':{'':1},'capped':false}}");

        assertThat(window.inBell(title)).hasAttribute("data-seen", "false");
        assertThat(window.at("badge")).hasText("1");
        assertThat(window.rings()).as("nothing of it is new").isEqualTo(1);
    }

    @Test
    void badgeWaitsForTheCountsThatFollowAPush() throws Exception {
        DemoPage window = signedIn();
        // The server may send the counts with the push, or behind it.
        cable.withholdFromPage(envelope ->
                isNamed("counts", envelope) || (envelope.containsKey("counts") && sayWithoutCounts(envelope)));

        publish("without counts");

        window.waitForRings(1);
        assertThat(window.at("spoken")).hasText("New notification: \u2068" + title + "\u2069.");
        assertThat(window.at("badge")).isHidden();
        cable.say("{'name':'counts','data':{'unseen':1,'byType':{'':1},'capped':false}}");
        assertThat(window.at("badge")).hasText("1");
    }

    /** Returns a window with its own clock whose user has nothing unseen, and that waits for no answer. */
    private DemoPage quietWithClock() throws Exception {
        publish("so that the inbox is not empty");
        windows.signedIn("alice");
        DemoPage window = windows.blank().withClock();
        cable = window.cable();
        window.open(windows.server().resolve("/demo/")).signIn("alice");
        window.waitUntil(CLIENT + ".inbox.loaded");
        assertThat(window.inboxRows().first()).isVisible();
        return window;
    }

    private DemoPage wired() {
        DemoPage window = windows.blank();
        cable = window.cable();
        return window.open(windows.server().resolve("/demo/"));
    }

    /** Returns a window that has loaded its list: what arrives with the first list does not ring. */
    private DemoPage signedIn() {
        DemoPage window = wired().signIn("alice");
        window.waitUntil(CLIENT + ".inbox.loaded");
        window.markAllSeen();
        return window;
    }

    /** Cuts the cable. The page shows "Online" until it notices. */
    private void cut(DemoPage window) {
        cable.cut();
        assertThat(window.at("connection-text")).hasText("Offline");
    }

    private void publish(String content) throws Exception {
        windows.publish("alice", Map.of("title", title, "content", content));
    }

    private void answerOnce(String name, String code) {
        AtomicBoolean first = new AtomicBoolean(true);
        cable.withholdFromServer(envelope -> isNamed(name, envelope) && first.getAndSet(false) && answer(name, code));
    }

    private boolean answer(String request, String code) {
        cable.say("{'name':'error','data':{'code':'%s','message':'not now','request':'%s'}}".formatted(code, request));
        return true;
    }

    private boolean sayWithoutCounts(JsonObject envelope) {
        cable.say(Json.createObjectBuilder(envelope).remove("counts").build());
        return true;
    }

    /** Answers a login with the unseen ones instead of the first page, and knows no pages of a limited size. */
    private void playOlderServer() {
        AtomicBoolean first = new AtomicBoolean(true);
        cable.withholdFromPage(envelope -> envelope.containsKey("more")
                && (first.getAndSet(false)
                        ? cable.say("{'name':'notification','data':[],'page':{'unseen':true}}")
                        : cable.say(Json.createObjectBuilder(envelope)
                                .remove("more")
                                .build())));
    }

    private static boolean isNamed(String name, JsonObject envelope) {
        return envelope.getString("name").equals(name);
    }

    private static boolean isPush(JsonObject envelope) {
        return isNamed("notification", envelope) && !envelope.containsKey("page");
    }

    private static boolean isPage(int number, JsonObject envelope) {
        return isNamed("content", envelope) && envelope.getJsonObject("data").getInt("page", -1) == number;
    }

    private static List<String> ids(Locator rows) {
        return rows.all().stream().map(row -> row.getAttribute("data-id")).toList();
    }
}
