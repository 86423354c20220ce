package org.wsnotify.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.wsnotify.it.ThrottledLink;

/** Large inboxes arrive in pages that a slow link can carry. */
abstract class PageCases {

    private static final String CLIENT = "document.querySelector('notification-bell').client";
    private static final int LONG = 20_000;
    private static final int MANY = 12;
    /** A page has one notification at least, and at most 32768 characters; what is around its texts is short. */
    private static final int MOST_CHARACTERS = 40_000;

    private final Windows windows;
    private final String title = "Title " + UUID.randomUUID();
    private final List<JsonObject> heard = new ArrayList<>();
    private Cable cable;

    PageCases(Windows windows) {
        this.windows = windows;
    }

    @Test
    void firstPageIsShownBeforeTheOtherUnseenOnesArrive() throws Exception {
        windows.signedIn("alice");
        publishMany();
        DemoPage window = wired();
        cable.withholdFromPage(PageCases::isUnseenPage);

        window.signIn("alice");
        window.openBell();

        assertThat(window.inBell(title).first()).isVisible();
        assertThat(window.at("badge")).hasText(String.valueOf(MANY));
    }

    @Test
    void everythingUnseenArrivesInSmallPages() throws Exception {
        windows.signedIn("alice");
        publishMany();
        DemoPage window = wired();
        cable.withholdFromPage(envelope -> {
            heard.add(envelope);
            return false;
        });

        window.signIn("alice");
        window.waitUntil(CLIENT + ".inbox.unread.length === " + MANY);

        List<JsonObject> pages =
                heard.stream().filter(envelope -> envelope.containsKey("more")).toList();
        assertThat(pages).hasSizeGreaterThan(MANY / 2);
        assertThat(pages).allSatisfy(page -> assertThat(page.toString()).hasSizeLessThan(MOST_CHARACTERS));
        assertThat(window.rings()).as("nothing of it is new").isZero();
    }

    @Test
    void listReachesAsFarDownAsBeforeTheConnectionWasCut() throws Exception {
        publishMany();
        DemoPage window = wired().signIn("alice");
        window.markAllSeen();
        window.openBell();
        while (window.inBell(title).count() < MANY) {
            int before = window.inBell(title).count();
            window.at("older").click();
            window.waitFor(() -> window.inBell(title).count() > before);
        }

        cable.cut();
        assertThat(window.at("connection-text")).hasText("Offline");
        windows.publish("alice", Map.of("title", title, "content", "missed"));
        cable.mend();

        window.waitForRings(1);
        window.at("pill").click(); // the pointer is in the list, which must not move
        assertThat(window.inBell(title)).hasCount(MANY + 1);
        window.waitUntil(CLIENT + ".inbox.cursor !== null");
        assertThat(window.inBell(title)).hasCount(MANY + 1);
        assertThat(window.at("badge")).hasText("1");
    }

    /** The bell and what is unseen come through one slow connection, which takes about fifteen seconds. */
    @Test
    void slowLinkLoadsEverythingUnseenOverOneConnection() throws Exception {
        windows.signedIn("bob");
        windows.publish("bob", 15, Map.of("title", title, "content", "x".repeat(60_000)));
        DemoPage window = windows.blank();
        try (ThrottledLink link = ThrottledLink.to(windows.server().getPort(), 64 * 1024)) {
            windows.showThrough(link, window, """
                    <script type="module" src="http://127.0.0.1:%1$d/bell.js"></script>
                    <notification-bell src="ws://127.0.0.1:%1$d/notification/websocket" login="bob" password="bob">
                    </notification-bell>""".formatted(link.port()));
            window.evaluate("""
                    () => {
                      window.left = 0;
                      CLIENT.addEventListener('state', ({ detail }) => (window.left += detail.state === 'online' ? 0 : 1));
                    }""".replace("CLIENT", CLIENT));

            window.waitFor(Duration.ofSeconds(90), CLIENT + ".inbox.unread.length === 15");

            assertThat(window.evaluate("window.left <= 1"))
                    .as("it only connected")
                    .isEqualTo(true);
        }
    }

    private DemoPage wired() {
        DemoPage window = windows.blank();
        cable = window.cable();
        return window.open(windows.server().resolve("/demo/"));
    }

    private void publishMany() throws Exception {
        windows.publish("alice", MANY, Map.of("title", title, "content", "x".repeat(LONG)));
    }

    private static boolean isUnseenPage(JsonObject envelope) {
        return envelope.containsKey("page") && envelope.getJsonObject("page").getBoolean("unseen", false);
    }
}
