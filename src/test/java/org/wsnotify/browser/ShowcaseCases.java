package org.wsnotify.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The landing page with its live bell, and the card of the demo page that sets every attribute of the bell. */
abstract class ShowcaseCases {

    private final Windows windows;
    private final String title = "Title " + UUID.randomUUID();

    ShowcaseCases(Windows windows) {
        this.windows = windows;
    }

    @Test
    void ringMeRingsTheBellOfTheLandingPage() {
        DemoPage window = landing();

        window.at("ring-me").click();

        window.waitForRings(1);
        assertThat(window.at("ring-status")).hasText(Pattern.compile("stored it for alice .* The bell rang "));
        window.openBell();
        assertThat(window.inBell("Build 1024 is green").first()).hasAttribute("data-seen", "false");
        window.press("Escape");
        window.at("ring-me").click();
        window.waitForRings(2);
        window.openBell();
        assertThat(window.at("panel").getByTestId("choice").first()).hasText("Accept");
    }

    @Test
    void landingPageSaysThatPublishingNeedsAKey() {
        DemoPage window = windows.blank();
        window.page().route("**/notify", route -> route.fulfill(new Route.FulfillOptions().setStatus(401)));
        window.open(windows.server());

        window.at("ring-me").click();

        assertThat(window.at("ring-status")).containsText("needs an API key");
        assertThat(window.at("ring-me")).isEnabled();
    }

    @Test
    void codeToCopyHasTheAddressOfThisHost() {
        DemoPage window = landing();

        assertThat(window.at("tag")).containsText("src=\"" + windows.server().resolve("/bell.js") + "\"");
        assertThat(window.at("tag")).containsText("token-url=");
        assertThat(window.at("curl")).containsText("curl " + windows.server().resolve("/notify") + " ");
        window.at("copy-curl").click();
        assertThat(window.at("copy-curl")).hasText(Pattern.compile("Copied|Selected"));
    }

    @Test
    void arabicTurnsThePanelFromRightToLeft() {
        DemoPage window = windows.demo().signIn("alice");
        window.openBell();
        assertThat(window.at("panel")).hasCSS("direction", "ltr");

        window.at("showcase-lang").selectOption("ar");

        assertThat(window.at("panel")).hasCSS("direction", "rtl");
        assertThat(window.at("tag")).containsText("lang=\"ar\"");
    }

    @Test
    void darkThemeDarkensThePanelWhichStaysOpen() {
        DemoPage window = windows.demo().signIn("alice");
        window.openBell();
        assertThat(window.at("panel")).hasCSS("background-color", "rgb(255, 255, 255)");

        window.page()
                .getByText("Dark", new Page.GetByTextOptions().setExact(true))
                .click();

        assertThat(window.at("panel")).hasCSS("background-color", "rgb(23, 31, 29)");
        assertThat(window.at("panel")).isVisible();
        assertThat(window.at("tag")).containsText("theme=\"dark\"");
        window.at("showcase-type").click();
        assertThat(window.at("panel")).isVisible();
        assertThat(window.at("showcase-type")).isFocused();
    }

    @Test
    void accentColoursTheBellAndTheCode() {
        DemoPage window = windows.demo();

        window.page()
                .getByRole(AriaRole.RADIO, new Page.GetByRoleOptions().setName("Violet"))
                .focus();
        window.press("Space");

        assertThat(window.at("tag")).containsText("--notification-accent: light-dark(#6d28d9");
        assertThat((String) window.evaluate(
                        "document.querySelector('notification-bell').style.getPropertyValue('--notification-accent')"))
                .contains("#6d28d9");
    }

    @Test
    void typeOfTheCardFiltersTheBellAndIsEscapedInTheCode() throws Exception {
        DemoPage window = windows.signedIn("alice");

        window.at("showcase-type").fill("a\"b<c&");
        windows.publish("alice", Map.of("title", title, "content", "of another type", "type", "other"));
        windows.publish("alice", Map.of("title", title, "content", "of this type", "type", "a\"b<c&"));

        assertThat(window.inInbox(title)).hasCount(2);
        assertThat(window.at("badge")).hasText("1");
        assertThat(window.at("tag")).containsText("type=\"a&quot;b&lt;c&amp;\"");
    }

    @Test
    void formPublishesActions() {
        DemoPage window = windows.signedIn("alice");
        window.at("publish-title").fill(title);
        window.at("publish-content").fill("with an answer");
        window.page().getByText("Actions: up to two links").click();
        window.at("action-label-1").fill("Approve");
        window.at("publish").click();
        assertThat(window.at("wrong-actions")).isVisible();

        window.at("action-url-1").fill("https://example.org/approve");
        window.at("publish").click();

        assertThat(window.at("answer")).hasAttribute("data-ok", "true");
        assertThat(window.inInbox(title).getByTestId("choice")).hasText("Approve");
        assertThat(window.at("curl")).containsText("\"label\":\"Approve\"");
    }

    private DemoPage landing() {
        DemoPage window = windows.blank().open(windows.server());
        assertThat(window.page().locator("notification-bell")).hasAttribute("state", "online");
        return window;
    }
}
