package org.wsnotify.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.KeyboardModifier;
import com.microsoft.playwright.options.MouseButton;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What a person does with the bell, and what the bell does by itself. */
abstract class BellBehaviourCases {

    private static final String BELL = "document.querySelector('notification-bell')";
    private static final Duration SOONER_THAN_A_HANDSHAKE_IS_GIVEN_UP = Duration.ofSeconds(15);

    private final Windows windows;
    private final String title = "Title " + UUID.randomUUID();

    BellBehaviourCases(Windows windows) {
        this.windows = windows;
    }

    @Test
    void wholeRowIsTheLinkAlsoForTheMiddleButtonAndCtrl() throws Exception {
        DemoPage window = signedIn("");
        for (Locator.ClickOptions click : List.of(
                new Locator.ClickOptions().setButton(MouseButton.MIDDLE).setPosition(60, 8),
                new Locator.ClickOptions()
                        .setModifiers(List.of(KeyboardModifier.CONTROL))
                        .setPosition(60, 8))) {
            String name = title + " " + click.button + click.modifiers;
            windows.publish("alice", Map.of("title", name, "content", "opens elsewhere", "url", "/#elsewhere"));
            window.openBell();
            assertThat(window.inBell(name)).hasAttribute("data-seen", "false");

            window.inBell(name).click(click.setForce(true));

            assertThat(window.inBell(name)).hasAttribute("data-seen", "true");
            window.press("Escape");
        }
    }

    @Test
    void rowWithoutALinkIsMarkedByAClick() throws Exception {
        DemoPage window = signedIn("");
        publish("no link");
        window.openBell();

        window.inBell(title).getByTestId("content").click();

        assertThat(window.inBell(title)).hasAttribute("data-seen", "true");
        assertThat(window.at("badge")).isHidden();
    }

    @Test
    void whatArrivesDoesNotMoveTheListUnderThePointer() throws Exception {
        DemoPage window = signedIn("");
        publish("first");
        window.openBell();
        window.inBell(title).hover();

        publish("second");
        publish("third");

        assertThat(window.at("pill")).hasText("2 new");
        assertThat(window.inBell(title)).hasCount(1);
        window.at("pill").click();
        assertThat(window.inBell(title)).hasCount(3);
        assertThat(window.at("pill")).isHidden();
    }

    @Test
    void whatArrivesShowsAtOnceWhenNobodyPointsAtTheList() throws Exception {
        DemoPage window = signedIn("");
        publish("first");
        window.openBell();

        publish("second");

        assertThat(window.inBell(title)).hasCount(2);
        assertThat(window.at("pill")).isHidden();
    }

    @Test
    void deletionCanBeUndone() throws Exception {
        DemoPage window = signedIn("");
        DemoPage other = signedIn("");
        publish("to be deleted, or not");
        window.openBell();
        other.openBell();

        window.inBell(title).getByTestId("delete").click();

        assertThat(window.inBell(title)).hasCount(0);
        assertThat(window.at("badge")).isHidden();
        assertThat(window.at("removed")).containsText("Notification deleted");
        window.at("undo").click();
        assertThat(window.inBell(title)).hasCount(1);
        assertThat(window.at("badge")).hasText("1");
        assertThat(window.at("removed")).isHidden();

        window.inBell(title).getByTestId("delete").click();
        window.press("Escape");
        assertThat(other.inBell(title)).hasCount(0);
    }

    @Test
    void deletionThatCouldStillBeUndoneIsDoneWhenThePageLeaves() throws Exception {
        DemoPage window = signedIn("");
        DemoPage other = signedIn("");
        publish("to be deleted");
        window.openBell();
        other.openBell();
        assertThat(other.inBell(title)).hasCount(1);

        window.inBell(title).getByTestId("delete").click();
        assertThat(window.at("removed")).isVisible();
        window.evaluate("() => { location.href = 'about:blank'; }");

        assertThat(other.inBell(title)).hasCount(0);
    }

    @Test
    void arrowKeysMoveBetweenRowsAndDeleteDeletes() throws Exception {
        DemoPage window = signedIn("");
        publish("one");
        windows.publish("alice", Map.of("title", title, "content", "two", "url", "#x"));
        publish("three");
        window.openBell();
        assertThat(window.inBell(title)).hasCount(3);
        window.inBell(title).nth(0).getByTestId("seen").focus();

        window.press("ArrowDown");
        assertThat(window.inBell(title).nth(1).getByTestId("link")).isFocused();
        window.press("ArrowDown");
        assertThat(window.inBell(title).nth(2)).isFocused();
        window.press("ArrowUp");
        window.press("Delete");

        assertThat(window.inBell(title)).hasCount(2);
    }

    @Test
    void openingThePanelMarksAsSeenIfThePageSaysSo() throws Exception {
        DemoPage window = signedIn("seen='open'");
        publish("seen by opening");
        assertThat(window.at("badge")).hasText("1");

        window.openBell();

        assertThat(window.at("badge")).isHidden();
        assertThat(window.inBell(title)).hasAttribute("data-seen", "true");
        assertThat(window.inBell(title)).hasAttribute("data-fresh", "");
    }

    @Test
    void lookingAtARowMarksItAsSeenIfThePageSaysSo() throws Exception {
        DemoPage window = signedIn("seen='view'");
        publish("seen by looking");
        window.openBell();

        assertThat(window.inBell(title)).hasAttribute("data-seen", "true");
        assertThat(window.at("badge")).isHidden();
    }

    @Test
    void bellOfOneTypeCountsAndListsOnlyThatType() throws Exception {
        DemoPage window = signedIn("type='message'");
        String other = title + " of another type";
        windows.publish("alice", Map.of("title", other, "content", "x", "type", "build"));
        windows.publish("alice", Map.of("title", title, "content", "x", "type", "message"));

        assertThat(window.at("badge")).hasText("1");
        assertThat(window.rings()).isEqualTo(1);
        window.openBell();
        assertThat(window.inBell(title)).hasCount(1);
        assertThat(window.inBell(other)).hasCount(0);
        window.at("all-seen").click();
        assertThat(window.at("badge")).isHidden();
        window.waitUntil(BELL + ".client.inbox.counts.unseen === 1");
        window.evaluate("() => { " + BELL + ".type = null; }");
        assertThat(window.at("badge")).hasText("1");
        assertThat(window.inBell(other)).hasAttribute("data-seen", "false");
    }

    @Test
    void burstIsAnnouncedOnce() throws Exception {
        DemoPage window = signedIn("");
        window.evaluate("""
                () => {
                  window.said = [];
                  const spoken = BELL.shadowRoot.querySelector('[data-testid="spoken"]');
                  new MutationObserver(() => window.said.push(spoken.textContent)).observe(spoken, { childList: true });
                }""".replace("BELL", BELL));

        windows.publish("alice", 7, Map.of("title", title, "content", "one of a burst"));

        window.waitUntil("window.said.length > 0");
        window.waitForRings(7);
        assertThat(window.evaluate("window.said.length")).isEqualTo(1);
        assertThat(window.evaluate("window.said[0]")).isEqualTo("7 new notifications. 7 unread.");
    }

    @Test
    void toastShowsWhatArrivesAndOpensTheBell() throws Exception {
        DemoPage window = signedIn("toast");
        publish("in a toast");

        assertThat(window.at("toast")).containsText(title);
        window.at("toast").getByText(title).click();

        assertThat(window.at("toast")).isHidden();
        assertThat(window.at("panel")).isVisible();
    }

    @Test
    void soundIsPlayedIfThePageSaysSo() throws Exception {
        DemoPage window = signedIn("sound");
        window.evaluate("""
                () => {
                  window.notes = 0;
                  const start = OscillatorNode.prototype.start;
                  OscillatorNode.prototype.start = function (...when) {
                    window.notes++;
                    return start.apply(this, when);
                  };
                }""");

        publish("with a sound");

        window.waitUntil("window.notes === 2");
    }

    @Test
    void oneOfSeveralTabsPlaysTheSound() throws Exception {
        DemoPage one = signedIn("sound");
        DemoPage other = signIn(windows.showElsewhere(windows.anotherTab(one), tag("sound")));
        for (DemoPage tab : List.of(one, other)) {
            tab.evaluate("""
                    () => {
                      window.notes = 0;
                      const start = OscillatorNode.prototype.start;
                      OscillatorNode.prototype.start = function (...when) {
                        window.notes++;
                        return start.apply(this, when);
                      };
                    }""");
        }

        publish("in both tabs");

        one.waitForRings(1);
        other.waitForRings(1);
        one.waitFor(() -> notes(one) + notes(other) > 0);
        // Whichever tab comes later has asked, too.
        publish("again");
        one.waitForRings(2);
        other.waitForRings(2);
        one.waitFor(() -> notes(one) + notes(other) > 2);
        assertThat(notes(one) + notes(other)).as("the two notes of each chime").isEqualTo(4);
    }

    private static int notes(DemoPage tab) {
        return (int) tab.evaluate("window.notes");
    }

    @Test
    void desktopNotificationsAreAskedForByAClickOnly() {
        DemoPage window = windows.blank();
        window.page().addInitScript("""
                window.asked = 0;
                class FakeNotification {
                  static permission = 'default';
                  static async requestPermission() {
                    window.asked++;
                    FakeNotification.permission = 'granted';
                    return 'granted';
                  }
                }
                window.Notification = FakeNotification;""");
        signIn(windows.showElsewhere(window, tag("desktop")));

        window.openBell();
        assertThat(window.at("desktop")).hasText("Turn on desktop notifications");
        assertThat(window.evaluate("window.asked")).isEqualTo(0);
        window.at("desktop").click();

        assertThat(window.at("desktop")).isHidden();
        assertThat(window.evaluate("window.asked")).isEqualTo(1);
    }

    @Test
    void numberStandsInTheTitleOfThePageIfThePageSaysSo() throws Exception {
        DemoPage window = signedIn("title-count");
        publish("counted");
        window.waitUntil("document.title === '(1) elsewhere'");
        window.evaluate("() => { " + BELL + ".titleCount = false; }");
        window.waitUntil("document.title === 'elsewhere'");
        window.evaluate("() => { " + BELL + ".titleCount = true; }");
        window.waitUntil("document.title === '(1) elsewhere'");

        window.openBell();
        window.inBell(title).getByTestId("seen").click();

        window.waitUntil("document.title === 'elsewhere'");
    }

    @Test
    void everythingCanBeSetInAnyOrder() {
        DemoPage window = windows.showElsewhere(windows.blank(), tag(""));
        window.evaluate(
                """
                () => {
                  BELL.remove();
                  const bell = document.createElement('notification-bell');
                  bell.credentials = () => ({ login: 'alice', password: 'alice' });
                  bell.seen = 'open';
                  document.body.append(bell);
                  bell.src = 'ws://AUTHORITY/notification/websocket';
                  bell.texts = { title: 'Post' };
                  bell.lang = 'de';
                }""".replace("BELL", BELL).replace("AUTHORITY", windows.server().getAuthority()));

        waitForState(window, "online");
        window.openBell();
        assertThat(window.at("panel").locator("h2")).hasText("Post");
        assertThat(window.at("view-all")).hasText("Alle");
        window.evaluate("() => { " + BELL + ".src = 'ws://127.0.0.1:9/notification/websocket'; }");
        window.waitFor(SOONER_THAN_A_HANDSHAKE_IS_GIVEN_UP, BELL + ".getAttribute('state') === 'offline'");
    }

    @Test
    void focusReturnsToABellInNestedShadowRoots() {
        DemoPage window = windows.showElsewhere(windows.blank(), tag(""));
        window.evaluate("""
                () => {
                  const bell = BELL;
                  const outer = document.createElement('div');
                  const inner = document.createElement('div');
                  outer.attachShadow({ mode: 'open' }).append(inner);
                  inner.attachShadow({ mode: 'open' }).append(bell);
                  document.body.append(outer);
                }""".replace("BELL", BELL));

        window.at("bell").focus();
        window.press("Enter");
        assertThat(window.at("panel")).isFocused();
        window.press("Escape");

        assertThat(window.at("bell")).isFocused();
    }

    @Test
    void actionsOfANotificationAreLinksThatMarkIt() throws Exception {
        DemoPage window = signedIn("");
        windows.publishJson("""
                {"users": ["alice"], "title": "%s", "content": "with answers", "actions": [
                  {"label": "Accept", "url": "#accepted"}, {"label": "Decline", "url": "javascript:alert(1)"}]}""".formatted(title));
        window.openBell();
        assertThat(window.inBell(title).getByTestId("choice")).hasCount(1);

        window.inBell(title).getByTestId("choice").click();

        assertThat(window.inBell(title)).hasAttribute("data-seen", "true");
        assertThat((String) window.evaluate("location.hash")).isEqualTo("#accepted");
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
