package org.wsnotify.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the bell looks like: on pages with styles of their own, in other languages, and to assistive technology. */
abstract class BellLookCases {

    private static final String BELL = "document.querySelector('notification-bell')";
    private static final String STYLES = """
            () => BELL.shadowRoot.getAnimations().forEach((one) => one.finish())
                ?? [...BELL.shadowRoot.querySelectorAll('*')].map((node) => {
              const style = getComputedStyle(node);
              return [node.localName, style.fontSize, style.fontStyle, style.letterSpacing, style.lineHeight,
                style.textTransform, style.textAlign, style.width, style.backgroundColor, style.textShadow].join();
            }).join(' ')""".replace("BELL", BELL);

    private static final String STACKED_MARKS = "Z" + "\u0337\u0321\u0330\u0352".repeat(60);

    private final Windows windows;
    private final String title = "Title " + UUID.randomUUID();

    BellLookCases(Windows windows) {
        this.windows = windows;
    }

    @Test
    void stylesOfThePageDoNotReachTheBell() throws Exception {
        publish("on a page with styles of its own");
        DemoPage plain = signedIn("<div>");
        plain.openBell();
        assertThat(plain.inBell(title)).hasCount(1);
        String expected = (String) plain.evaluate(STYLES);

        DemoPage styled = signedIn("<div>");
        styled.evaluate("""
                () => {
                  const sheet = new CSSStyleSheet();
                  sheet.replaceSync(`
                    html { font-size: 62.5%; }
                    body { text-transform: uppercase; text-align: center; font: italic 40px/3 serif; word-spacing: 9px;
                      letter-spacing: 4px; text-indent: 30px; white-space: pre; text-shadow: 1px 1px red; }
                    * { letter-spacing: 3px; }
                    button, li, ol, h2, p, section { background: red !important; padding: 40px !important; }`);
                  document.adoptedStyleSheets = [sheet];
                }""");
        styled.openBell();
        assertThat(styled.inBell(title)).hasCount(1);

        assertThat((String) styled.evaluate(STYLES)).isEqualTo(expected);
    }

    @Test
    void arabicPageHasAnArabicBellFromRightToLeft() throws Exception {
        windows.publish("alice", 120, Map.of("title", title, "content", "English text"));
        DemoPage window = signIn(show("<div lang='ar' dir='rtl'>"));
        assertThat(window.at("badge")).hasText("\u206699+\u2069");
        assertThat(window.at("bell")).hasAttribute("aria-label", Pattern.compile("^الإشعارات, .*"));

        window.openBell();

        assertThat(window.at("panel")).hasCSS("direction", "rtl");
        assertThat(window.inBell(title).first().getByTestId("content")).hasCSS("direction", "ltr");
        window.evaluate("() => { document.querySelector('[lang]').lang = 'fr-CA'; }");
        assertThat(window.at("all-seen")).hasText("Tout marquer comme lu");
        assertThat(window.at("panel")).hasCSS("direction", "ltr");
        window.at("all-seen").click();
        assertThat(window.at("badge")).isHidden();
    }

    @Test
    void textsCanBeReplaced() {
        DemoPage window = show("<div lang='xx'>");
        window.evaluate("""
                () => {
                  BELL.texts = { title: 'Messages', countUnread: { one: '{count} message', other: '{count} messages' } };
                  BELL.setAttribute('text-all', 'Everything');
                }""".replace("BELL", BELL));
        window.openBell();

        assertThat(window.at("panel").locator("h2")).hasText("Messages");
        assertThat(window.at("view-all")).hasText("Everything");
        assertThat(window.at("view-unread")).hasText("Unread");
    }

    @Test
    void hostileTextsStayInTheirRows() throws Exception {
        for (Map<String, String> hostile : List.of(
                Map.of("title", title, "content", STACKED_MARKS.repeat(5), "type", STACKED_MARKS.substring(0, 128)),
                Map.of("title", title, "content", "\u202E\u202D\u2067 reversed ".repeat(80)),
                Map.of(
                        "title",
                        title,
                        "content",
                        "y".repeat(5000),
                        "type",
                        "t".repeat(120),
                        "url",
                        "x:" + "z".repeat(900)))) {
            windows.publish("alice", hostile);
        }
        DemoPage window = signIn(show("<div>"));
        window.openBell();
        assertThat(window.inBell(title)).hasCount(3);

        assertThat(window.evaluate("""
                () => {
                  const panel = BELL.shadowRoot.querySelector('.panel').getBoundingClientRect();
                  const rows = [...BELL.shadowRoot.querySelectorAll('li.notification')];
                  return rows.every((row) => {
                    const box = row.getBoundingClientRect();
                    const inner = [...row.querySelectorAll('.foot > *, .body > *, .actions > *')];
                    return row.scrollWidth <= row.clientWidth && getComputedStyle(row).overflow === 'clip'
                      && box.right <= panel.right && inner.every((one) => one.getBoundingClientRect().right <= box.right + 1);
                  });
                }""".replace("BELL", BELL)))
                .as("every text ends where its row ends")
                .isEqualTo(true);
    }

    @Test
    void bellWorksUnderTrustedTypes() throws Exception {
        DemoPage window = signIn(windows.showStrictly(windows.blank(), page("<div>", "toast")));

        publish("as text only");

        assertThat(window.at("toast")).containsText(title);
        window.openBell();
        assertThat(window.inBell(title)).hasCount(1);
    }

    @Test
    void themeOfTheBellOverridesThatOfThePage() {
        DemoPage window = windows.showElsewhere(windows.blank(), page("<div>", "theme='dark'"));
        window.openBell();
        assertThat(window.at("panel")).hasCSS("background-color", "rgb(23, 31, 29)");

        window.evaluate("() => { " + BELL + ".theme = 'light'; }");

        assertThat(window.at("panel")).hasCSS("background-color", "rgb(255, 255, 255)");
    }

    @Test
    void nothingIsWrongForAssistiveTechnologyInAnyState() throws Exception {
        for (String attributes : List.of("", "theme='dark'")) {
            windows.publish(
                    "bob", 3, Map.of("title", title, "content", "one", "type", "build", "url", "https://example.org/"));
            windows.publish("bob", Map.of("content", "y ".repeat(400), "url", "/x"));
            DemoPage window = windows.showElsewhere(windows.blank(), page("<div>", attributes));
            expectNoViolations(window, "closed");
            window.openBell();
            expectNoViolations(window, "signed out");
            window.evaluate("() => { " + BELL + ".credentials = { login: 'bob', password: 'bob' }; }");
            assertThat(window.inBell(title).first()).isVisible();
            expectNoViolations(window, "list");
            window.inBell(title).first().getByTestId("seen").click();
            window.inBell(title).first().getByTestId("delete").click();
            assertThat(window.at("removed")).isVisible();
            expectNoViolations(window, "deleted");
            window.at("view-unread").click();
            expectNoViolations(window, "unread");
            window.at("undo").click();
            window.offline(true);
            assertThat(window.at("notice")).isVisible();
            expectNoViolations(window, "offline");
            window.close();
        }
    }

    private static void expectNoViolations(DemoPage window, String state) {
        if (!Boolean.TRUE.equals(window.evaluate("'axe' in window"))) {
            window.evaluate(axe());
        }
        window.waitUntil(
                BELL
                        + ".shadowRoot.querySelector('.panel')?.getAnimations().every((one) => one.playState === 'finished') ?? true");
        Object violations = window.evaluate("""
                async () => {
                  const { violations } = await axe.run(BELL);
                  return violations.map(({ id, nodes }) => id + ': ' + nodes.map((one) => one.html + one.failureSummary));
                }""".replace("BELL", BELL));
        assertThat((List<?>) violations).as(state).isEmpty();
    }

    private static String axe() {
        try (InputStream script = BellLookCases.class.getResourceAsStream("/axe.min.js")) {
            return new String(Objects.requireNonNull(script).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void publish(String content) throws Exception {
        windows.publish("alice", Map.of("title", title, "content", content, "type", "build"));
    }

    private DemoPage show(String around) {
        return windows.showElsewhere(windows.blank(), page(around, ""));
    }

    private DemoPage signedIn(String around) {
        return signIn(show(around));
    }

    private static DemoPage signIn(DemoPage window) {
        window.evaluate("() => { " + BELL + ".credentials = { login: 'alice', password: 'alice' }; }");
        window.waitUntil(BELL + ".getAttribute('state') === 'online' && " + BELL + ".client.inbox.loaded");
        return window;
    }

    private String page(String around, String attributes) {
        return """
                <script type="module" src="%1$sbell.js"></script>
                %4$s<notification-bell src="ws://%2$s/notification/websocket" %3$s></notification-bell>
                """.formatted(windows.server(), windows.server().getAuthority(), attributes, around);
    }
}
