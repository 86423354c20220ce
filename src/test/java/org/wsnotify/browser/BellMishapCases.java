package org.wsnotify.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.BoundingBox;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What may happen around a bell: its files are gone, its user changes, its page scrolls, moves or removes it. */
abstract class BellMishapCases {

    private static final String BELL = "document.querySelector('notification-bell')";
    private static final String TOAST_FILE = "**/bell/alerts-*.js";
    private static final int FEW_MILLIS = 500;
    private static final int PHONE_WIDTH = 360;
    private static final int PHONE_HEIGHT = 640;

    private final Windows windows;
    private final String title = "Title " + UUID.randomUUID();

    BellMishapCases(Windows windows) {
        this.windows = windows;
    }

    @Test
    void bellWhosePanelIsGoneAsksToReloadThePage() throws Exception {
        DemoPage window = windows.blank();
        window.page().route("**/bell/panel-*.js", route -> route.abort());
        signIn(windows.showElsewhere(window, tag("")));
        publish("counted all the same");
        assertThat(window.at("badge")).hasText("1");

        window.at("bell").click();

        assertThat(window.at("note")).hasText("Reload this page to see your notifications.");
        window.press("Escape");
        assertThat(window.at("note")).isHidden();
    }

    @Test
    void fileThatIsGoneIsAskedForAgainOnlyWhenItIsNeeded() throws Exception {
        AtomicInteger requests = new AtomicInteger();
        DemoPage window = windows.blank();
        window.page().route(TOAST_FILE, route -> {
            requests.incrementAndGet();
            route.abort();
        });
        signIn(windows.showElsewhere(window, tag("toast")));
        window.page().waitForTimeout(FEW_MILLIS);
        // Once for each setting of the bell, and for its user; without an end, there would be hundreds.
        assertThat(requests.get()).as("it is not asked for again and again").isBetween(1, 20);
        window.page().unroute(TOAST_FILE);

        window.page().waitForResponse(TOAST_FILE, () -> publishUnchecked("loads the file"));
        publish("in a toast");

        assertThat(window.at("toast")).containsText(title);
    }

    @Test
    void toastIsGoneWithItsUser() throws Exception {
        DemoPage window = signedIn("toast");
        publish("for alice only");
        assertThat(window.at("toast")).containsText(title);

        window.evaluate("() => " + BELL + ".signOut()");

        assertThat(window.at("toast")).isHidden();
        assertThat(window.at("spoken")).isEmpty();
    }

    @Test
    void rowsThatAnOpenPanelMarksStayAmongTheUnreadOnesUntilItCloses() throws Exception {
        DemoPage window = signedIn("seen='open'");
        window.openBell();
        window.at("view-unread").click();
        window.press("Escape");
        publish("read in the open panel");
        assertThat(window.at("badge")).hasText("1");

        window.openBell();

        assertThat(window.at("badge")).isHidden();
        assertThat(window.inBell(title)).hasAttribute("data-seen", "true");
        window.press("Escape");
        window.openBell();
        assertThat(window.inBell(title)).hasCount(0);
    }

    @Test
    void clientOfThePageJoinsOnceAndLeavesWithTheBellsSignOut() {
        DemoPage window = windows.showElsewhere(windows.blank(), tag("title-count"));
        window.evaluate("""
                async () => {
                  const { NotificationClient } = await import('SERVERbell.js');
                  const client = new NotificationClient('ws://AUTHORITY/notification/websocket');
                  window.connections = 0;
                  client.addEventListener('state', ({ detail }) => (window.connections += detail.state === 'connecting'));
                  BELL.client = client;
                  BELL.credentials = () => ({ login: 'alice', password: 'alice' });
                }""".replace("BELL", BELL)
                .replace("SERVER", windows.server().toString())
                .replace("AUTHORITY", windows.server().getAuthority()));
        waitForState(window, "online");

        window.evaluate("() => { BELL.theme = 'dark'; return BELL.client.state; }".replace("BELL", BELL));
        window.openBell();

        assertThat(window.evaluate("window.connections")).isEqualTo(1);
        window.evaluate("() => " + BELL + ".signOut()");
        waitForState(window, "signed-out");
    }

    @Test
    void panelOpensInsideTheWindowThoughTheBellIsOutOfSight() throws Exception {
        DemoPage window = signedIn("toast");
        window.evaluate("() => { BELL.style.cssText = 'display: block; margin-bottom: 3000px'; scrollTo(0, 1500); }"
                .replace("BELL", BELL));
        publish("far below the bell");

        window.at("toast").getByText(title).click();

        assertThat(window.inBell(title)).isVisible();
        assertThat(window.at("panel").boundingBox().y).isBetween(0.0, 100.0);
    }

    @Test
    void panelFromRightToLeftEndsWithTheBellWhereThereIsNoRoomBehindIt() {
        DemoPage window = signedIn("lang='ar'");
        window.evaluate("() => { BELL.style.marginLeft = '900px'; }".replace("BELL", BELL));

        window.openBell();

        BoundingBox bell = window.at("bell").boundingBox();
        BoundingBox panel = window.at("panel").boundingBox();
        assertThat(panel.x + panel.width).as("they end together").isEqualTo(bell.x + bell.width);
    }

    @Test
    void toastOfANarrowWindowIsAtItsBottom() throws Exception {
        DemoPage window = signedIn("toast");
        window.page().setViewportSize(PHONE_WIDTH, PHONE_HEIGHT);

        publish("below what is read");

        assertThat(window.at("toast")).containsText(title);
        assertThat(window.at("toast").boundingBox().y).isGreaterThan(PHONE_HEIGHT / 2.0);
    }

    @Test
    void bellThatMovesWithAnOpenPanelIsClosed() {
        DemoPage window = signedIn("");
        window.openBell();
        assertThat(window.at("bell")).hasAttribute("data-open", "");

        window.evaluate("() => document.body.append(BELL)".replace("BELL", BELL));

        assertThat(window.at("panel")).isHidden();
        assertThat(window.at("bell")).not().hasAttribute("data-open", "");
        waitForState(window, "online");
    }

    @Test
    void languageOfAnotherElementLeavesTheFocusInTheList() throws Exception {
        DemoPage window = signedIn("");
        publish("has the focus");
        window.openBell();
        window.inBell(title).focus();

        window.evaluate("""
                () => {
                  const other = document.createElement('p');
                  document.body.append(other);
                  other.lang = 'fr';
                }""");
        window.page().waitForTimeout(FEW_MILLIS);

        assertThat(window.inBell(title)).isFocused();
    }

    @Test
    void focusReturnsToTheBellFromAToastThatIsClosed() throws Exception {
        DemoPage window = signedIn("toast");
        publish("closed with a key");
        assertThat(window.at("toast")).containsText(title);

        window.at("toast").getByLabel("Close").focus();
        window.press("Enter");

        assertThat(window.at("toast")).isHidden();
        assertThat(window.at("bell")).isFocused();
    }

    @Test
    void listInAPageDoesNotStyleThePage() {
        DemoPage window = windows.showElsewhere(windows.blank(), """
                <p class="title">a title</p><svg class="icon" width="99" height="99"></svg><div id="rows"></div>""");
        window.evaluate("""
                async () => {
                  const { makeList } = await import('SERVERbell.js');
                  const place = document.getElementById('rows');
                  await makeList(place, { onSeen() {}, onDelete() {} });
                  await makeList(place, { onSeen() {}, onDelete() {} });
                }""".replace("SERVER", windows.server().toString()));

        assertThat(window.page().locator("p.title")).hasCSS("display", "block");
        assertThat(window.page().locator("svg.icon")).hasCSS("width", "99px");
        assertThat(window.evaluate("document.adoptedStyleSheets.length")).isEqualTo(2);
    }

    private void publishUnchecked(String content) {
        try {
            publish(content);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private void publish(String content) throws Exception {
        windows.publish("alice", Map.of("title", title, "content", content));
    }

    /** Returns a window with a bell of alice, who has nothing unseen. */
    private DemoPage signedIn(String attributes) {
        return signIn(windows.showElsewhere(windows.blank(), tag(attributes)));
    }

    private static DemoPage signIn(DemoPage window) {
        window.evaluate("() => { " + BELL + ".credentials = { login: 'alice', password: 'alice' }; }");
        waitForState(window, "online");
        window.waitUntil(BELL + ".client.inbox.loaded");
        window.evaluate("() => { " + BELL + ".client.markAllSeen(); }");
        window.waitUntil(BELL + ".client.inbox.counts.unseen === 0");
        return window;
    }

    private static void waitForState(DemoPage window, String state) {
        window.waitUntil(BELL + ".getAttribute('state') === '" + state + "'");
    }

    private String tag(String attributes) {
        return """
                <script type="module" src="%1$sbell.js"></script>
                <notification-bell src="ws://%2$s/notification/websocket" %3$s></notification-bell>
                """.formatted(windows.server(), windows.server().getAuthority(), attributes);
    }
}
