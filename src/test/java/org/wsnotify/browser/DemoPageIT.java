package org.wsnotify.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The demo page in windows of a real browser. */
class DemoPageIT extends WindowsOfOneServer {

    private static final int PAGE_SIZE = 30;

    private final String title = "Title " + UUID.randomUUID();

    /** Uses the same server. */
    @Nested
    class Connection extends ConnectionCases {
        Connection() {
            super(windows);
        }
    }

    /** Uses the same server. */
    @Nested
    class Mark extends MarkCases {
        Mark() {
            super(windows);
        }
    }

    /** Uses the same server. */
    @Nested
    class Paging extends PageCases {
        Paging() {
            super(windows);
        }
    }

    /** Uses the same server. */
    @Nested
    class Blocked extends BlockedCases {
        Blocked() {
            super(windows);
        }
    }

    /** Uses the same server. */
    @Nested
    class Bell extends BellCases {
        Bell() {
            super(windows);
        }
    }

    /** Uses the same server. */
    @Nested
    class Showcase extends ShowcaseCases {
        Showcase() {
            super(windows);
        }
    }

    @Test
    void bothWindowsOfAUserRing() throws Exception {
        DemoPage one = windows.signedIn("alice");
        DemoPage other = windows.signedIn("alice");
        DemoPage somebodyElse = windows.signedIn("bob");

        windows.publish("alice", Map.of("title", title, "content", "for both windows"));

        one.waitForRings(1);
        other.waitForRings(1);
        assertThat(one.at("badge")).hasText("1");
        assertThat(other.at("badge")).hasText("1");
        assertThat(other.at("spoken")).containsText(title);
        assertThat(one.inInbox(title)).hasCount(1);
        assertThat(somebodyElse.rings()).isZero();
    }

    @Test
    void apiPageShowsNotifyAndItsProblemCodes() {
        DemoPage page = windows.blank().open(windows.server());

        page.at("api-link").click();

        assertThat(page.at("post /notify")).containsText("Idempotency-Key");
        assertThat(page.at("post /notify")).containsText("local-callers-only");
        assertThat(page.at("post /notify")).containsText("application/x-www-form-urlencoded");
        assertThat(page.at("api")).containsText("Schemas");
    }

    @Test
    void seenInOneWindowClearsTheOther() throws Exception {
        DemoPage one = windows.signedIn("alice");
        DemoPage other = windows.signedIn("alice");
        windows.publish("alice", Map.of("title", title, "content", "to be seen"));
        assertThat(other.at("badge")).hasText("1");

        one.openBell();
        one.inBell(title).getByTestId("seen").click();

        assertThat(one.at("badge")).isHidden();
        assertThat(other.at("badge")).isHidden();
        assertThat(other.inInbox(title)).hasAttribute("data-seen", "true");
    }

    @Test
    void allSeenInOneWindowClearsTheOther() throws Exception {
        DemoPage one = windows.signedIn("alice");
        DemoPage other = windows.signedIn("alice");
        windows.publish("alice", Map.of("title", title, "content", "one"));
        windows.publish("alice", Map.of("title", title, "content", "two"));
        assertThat(other.at("badge")).hasText("2");

        one.openBell();
        one.at("all-seen").click();

        assertThat(other.at("badge")).isHidden();
        assertThat(other.inInbox(title).nth(1)).hasAttribute("data-seen", "true");
    }

    @Test
    void deletedInOneWindowDisappearsInTheOther() throws Exception {
        DemoPage one = windows.signedIn("alice");
        DemoPage other = windows.signedIn("alice");
        windows.publish("alice", Map.of("title", title, "content", "to be deleted"));
        other.openBell();
        assertThat(other.inBell(title)).hasCount(1);

        one.inInbox(title).getByTestId("delete").click();

        assertThat(one.inInbox(title)).hasCount(0);
        assertThat(other.inBell(title)).hasCount(0);
        assertThat(other.inInbox(title)).hasCount(0);
        assertThat(other.at("badge")).isHidden();
    }

    @Test
    void hostileNotificationIsShownAsTextAndDoesNothing() throws Exception {
        DemoPage window = windows.signedIn("alice");
        String attack =
                "<img src=x onerror=\"window.pwned=1\"><script>window.pwned=1</script> \u202Egnp.exe \uD83D\uDD14 \u05D0";
        String content = attack + "x".repeat(10_000);
        String url = "java\tscript:window.pwned=1";

        windows.publish(
                "alice",
                Map.of(
                        "title",
                        title,
                        "content",
                        content,
                        "type",
                        attack,
                        "url",
                        url,
                        "icon",
                        url,
                        "image",
                        "data:text/html,x"));

        window.openBell();
        for (Locator row : List.of(window.inBell(title), window.inInbox(title))) {
            assertThat(row.getByTestId("content")).isVisible();
            assertThat(row.getByTestId("content").textContent()).isEqualTo(content);
            assertThat(row.getByTestId("type").textContent()).isEqualTo(attack);
            assertThat(row.getByTestId("refused-link").textContent()).isEqualTo(url);
            assertThat(row.locator("a, img, script, iframe")).hasCount(0);
        }
        assertThat(window.evaluate("window.pwned === undefined")).isEqualTo(true);
        assertThat(window.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))
                .as("the page is no wider than its window")
                .isEqualTo(true);
    }

    @Test
    void linkMarksItsNotificationAsSeen() throws Exception {
        DemoPage window = windows.signedIn("alice");
        windows.publish("alice", Map.of("title", title, "content", "with a link", "url", "#here"));

        Locator link = window.inInbox(title).getByTestId("link");
        assertThat(link).hasText(title);
        link.click();

        assertThat(window.inInbox(title)).hasAttribute("data-seen", "true");
    }

    /** Everything a page sent before it left is done, even if nobody waits for the answer. */
    @Test
    void linkThatLeavesThePageMarksItsNotificationAsSeen() throws Exception {
        DemoPage stays = windows.signedIn("alice");
        for (String round : List.of("first", "second", "third")) {
            String of = title + " " + round;
            DemoPage leaves = windows.signedIn("alice");
            windows.publish("alice", Map.of("title", of, "content", "with a link to elsewhere", "url", "/api/"));
            assertThat(stays.inInbox(of)).hasAttribute("data-seen", "false");

            leaves.inInbox(of).getByTestId("link").click();

            assertThat(leaves.at("api")).isVisible();
            assertThat(stays.inInbox(of)).hasAttribute("data-seen", "true");
        }
    }

    @Test
    void olderNotificationsAreOnTheNextPage() throws Exception {
        windows.publish("alice", PAGE_SIZE + 5, Map.of("title", title, "content", "one of many"));
        DemoPage window = windows.signedIn("alice");
        assertThat(window.inInbox(title)).hasCount(PAGE_SIZE);
        HashSet<String> ids = new HashSet<>(ids(window.inboxRows()));

        window.at("page-older").click();

        assertThat(window.at("page-number")).hasText("Page 2");
        assertThat(window.inInbox(title)).hasCount(5);
        assertThat(ids).doesNotContainAnyElementsOf(ids(window.inboxRows()));
        window.at("newer").click();
        assertThat(window.inInbox(title)).hasCount(PAGE_SIZE);
        assertThat(window.at("newer")).isDisabled();
    }

    @Test
    void bellLoadsOlderNotificationsBelowTheFirstOnes() throws Exception {
        windows.publish("alice", PAGE_SIZE + 5, Map.of("title", title, "content", "one of many"));
        DemoPage window = windows.signedIn("alice");
        window.openBell();
        assertThat(window.inBell(title)).hasCount(PAGE_SIZE);

        window.at("older").click();

        assertThat(window.inBell(title)).hasCount(PAGE_SIZE + 5);
    }

    @Test
    void wrongPasswordIsReported() {
        DemoPage window = windows.demo();

        window.signIn("alice", "not the password");

        assertThat(window.at("sign-in-problem")).isVisible();
        assertThat(window.at("sign-in-problem")).not().isEmpty();
        assertThat(window.at("user")).isHidden();
        window.signIn("alice");
        assertThat(window.at("sign-in-problem")).isHidden();
    }

    @Test
    void bellIsSilentAfterSigningOut() throws Exception {
        DemoPage left = windows.signedIn("alice");
        DemoPage stays = windows.signedIn("alice");

        left.signOut();
        windows.publish("alice", Map.of("title", title, "content", "only for who is there"));

        stays.waitForRings(1);
        assertThat(left.rings()).isZero();
        assertThat(left.at("badge")).isHidden();
        assertThat(left.inboxRows()).hasCount(0);
    }

    @Test
    void formPublishesAndShowsTheAnswer() {
        DemoPage window = windows.signedIn("alice");

        window.at("publish-title").fill(title);
        window.at("publish-content").fill("from the form");
        window.at("publish").click();

        assertThat(window.at("answer")).hasAttribute("data-ok", "true");
        assertThat(window.inInbox(title)).hasCount(1);
        assertThat(window.at("curl")).containsText("\"title\": \"" + title + "\"");
    }

    @Test
    void formShowsAnErrorBesideItsField() {
        DemoPage window = windows.demo();

        window.at("publish").click();

        assertThat(window.at("answer")).hasAttribute("data-ok", "false");
        assertThat(window.at("wrong-content")).isVisible();
        assertThat(window.at("publish-content")).hasAttribute("aria-invalid", "true");
    }

    private static List<String> ids(Locator rows) {
        return rows.all().stream().map(row -> row.getAttribute("data-id")).toList();
    }
}
