package org.wsnotify.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which of several tabs announces a notification, in real tabs: only a browser shows what they see of each other. */
class AnnouncerTest {

    private static final Path MODULE = Path.of("src", "main", "bell", "client", "announcer.js");
    private static final String PAGE = "http://bell.example/";
    private static final int MANY = 200;

    private static SystemChromium chromium;

    private BrowserContext browser;

    @BeforeAll
    static void startChromium() {
        chromium = SystemChromium.start();
    }

    @AfterAll
    static void closeChromium() {
        if (chromium != null) {
            chromium.close();
        }
    }

    @BeforeEach
    void openBrowser() {
        browser = chromium.window();
        browser.route(PAGE + "**", AnnouncerTest::answer);
    }

    @AfterEach
    void closeBrowser() {
        browser.close();
    }

    private static void answer(Route route) {
        Route.FulfillOptions answer = new Route.FulfillOptions();
        route.fulfill(
                route.request().url().equals(PAGE)
                        ? answer.setContentType("text/html").setBody("<!doctype html><title>tab</title>")
                        : answer.setContentType("text/javascript").setBody(module()));
    }

    private static String module() {
        try {
            return Files.readString(MODULE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Opens a tab that is looked at. */
    private Page tab() {
        Page tab = browser.newPage();
        tab.navigate(PAGE);
        look(tab, false, true);
        tab.evaluate("""
                async () => {
                  const { Announcer } = await import('/announcer.js');
                  window.claim = (ids, user = 'alice') => new Announcer(`bell.example ${user}`).claim(ids);
                }""");
        return tab;
    }

    private static void look(Page tab, boolean hidden, boolean focused) {
        tab.evaluate("""
                ([hidden, focused]) => {
                  Object.defineProperty(document, 'hidden', { value: hidden, configurable: true });
                  document.hasFocus = () => focused;
                }""", List.of(hidden, focused));
    }

    @SuppressWarnings("unchecked")
    private static List<String> claim(Page tab, String... ids) {
        return (List<String>) tab.evaluate("ids => claim(ids)", List.of(ids));
    }

    @SuppressWarnings("unchecked")
    private static List<String> claimed(Page tab) {
        return (List<String>) tab.evaluate("window.claimed");
    }

    @Test
    void eachNotificationIsAnnouncedByOneOfTheTabsThatGetItAtOnce() {
        List<Page> tabs = List.of(tab(), tab());
        long start = System.currentTimeMillis() + 500;

        for (Page tab : tabs) {
            tab.evaluate("""
                    ([start, many]) => {
                      window.claimed = (async () => {
                        const mine = [];
                        for (let i = 0; i < many; i++) {
                          while (Date.now() < start + i * 10) {
                            await new Promise((resolve) => setTimeout(resolve, 1));
                          }
                          mine.push(...await claim([`${i}`]));
                        }
                        return mine;
                      })();
                    }""", List.of((double) start, MANY));
        }

        List<String> all = new ArrayList<>();
        tabs.forEach(tab -> all.addAll(claimed(tab)));
        assertThat(all)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, MANY).mapToObj(Integer::toString).toList());
    }

    @Test
    void tabAnnouncesOnlyWhatIsLeftOfSeveral() {
        assertThat(claim(tab(), "a", "b")).containsExactly("a", "b");
        assertThat(claim(tab(), "b", "c")).containsExactly("c");
    }

    @Test
    void otherUserHasOwnNotifications() {
        Page tab = tab();
        claim(tab, "a");

        assertThat(tab.evaluate("claim(['a'], 'bob')")).isEqualTo(List.of("a"));
    }

    @Test
    void tabThatIsLookedAtComesBeforeOthers() {
        Object claimed = tab().evaluate("""
                () => {
                  const look = (hidden, focused) => {
                    Object.defineProperty(document, 'hidden', { value: hidden, configurable: true });
                    document.hasFocus = () => focused;
                    return claim(['a']);
                  };
                  return Promise.all([look(true, false), look(false, false), look(false, true)]);
                }""");

        assertThat(claimed).isEqualTo(List.of(List.of(), List.of(), List.of("a")));
    }

    @Test
    void hiddenTabAnnouncesIfThereIsNoOther() {
        Page tab = tab();
        look(tab, true, false);

        assertThat(claim(tab, "a")).containsExactly("a");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "undefined",
                "{ open() { throw new DOMException('not here', 'SecurityError'); } }",
                "{ open() { const asked = {}; setTimeout(() => asked.onerror({}), 1); return asked; } }",
                "{ open() { return {}; } }" // never answers
            })
    void everyTabAnnouncesIfTheyShareNothing(String database) {
        for (Page tab : List.of(tab(), tab())) {
            tab.evaluate("() => { Object.defineProperty(window, 'indexedDB', { value: " + database + " }); }");

            assertThat(claim(tab, "a")).containsExactly("a");
        }
    }

    @Test
    void claimsAreForgottenAfterTenMinutes() {
        Page tab = tab();
        claim(tab, "a");
        tab.evaluate("claim(['b'], 'bob')");
        tab.evaluate("() => { const now = Date.now; Date.now = () => now() + 600_001; }");

        assertThat(claim(tab, "a", "c")).containsExactly("a", "c");
        assertThat(new HashSet<>(kept(tab))).containsExactlyInAnyOrder("bell.example alice a", "bell.example alice c");
    }

    @SuppressWarnings("unchecked")
    private static List<String> kept(Page tab) {
        return (List<String>) tab.evaluate("""
                () => new Promise((resolve) => {
                  indexedDB.open('notification-bell').onsuccess = ({ target: { result } }) => {
                    result.transaction('announced').objectStore('announced').getAllKeys().onsuccess =
                        ({ target }) => resolve(target.result.map((key) => key.join(' ')));
                  };
                })""");
    }
}
