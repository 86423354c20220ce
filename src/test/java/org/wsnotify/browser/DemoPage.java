package org.wsnotify.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * One window with the demo page, or with another page that has a bell.
 *
 * <p>Counts the rings of its bell since the page was opened, and keeps script errors. For one thread.
 */
final class DemoPage implements AutoCloseable {

    private static final String COUNT_RINGS = """
            () => {
              window.rings = 0;
              document.querySelector('notification-bell')?.addEventListener('notification', () => window.rings++);
            }""";

    private final BrowserContext window;
    private final Page page;
    private final List<String> faults = new ArrayList<>();

    /** Returns an empty window. */
    DemoPage(BrowserContext window) {
        this.window = window;
        this.page = window.newPage();
        page.onPageError(faults::add);
        page.onDialog(dialog -> {
            faults.add("dialog: " + dialog.message());
            dialog.dismiss();
        });
    }

    /** Returns an empty tab of the same window. */
    DemoPage tab() {
        return new DemoPage(window);
    }

    /** Shows a page with a bell. */
    DemoPage open(URI address) {
        page.navigate(address.toString());
        page.evaluate(COUNT_RINGS);
        return this;
    }

    /** Returns the cable for the page's connections. Call it before a page is shown. */
    Cable cable() {
        return new Cable(page);
    }

    /** Lets the handshakes of WebSockets fail, as a proxy that does not know them does. Call it before a page is shown. */
    DemoPage withoutWebSockets() {
        page.addInitScript("""
                const Real = WebSocket;
                window.handshakes = 0;
                window.WebSocket = class extends Real {
                  constructor(url) {
                    super(new URL('/demo/', url));
                    window.handshakes++;
                  }
                };""");
        return this;
    }

    /** Signs in a demo user, whose password equals the login. */
    DemoPage signIn(String user) {
        signIn(user, user);
        assertThat(at("user")).hasText(user);
        assertThat(at("connection-text")).hasText("Online");
        return this;
    }

    void signIn(String login, String password) {
        at("login").fill(login);
        at("password").fill(password);
        at("sign-in").click();
    }

    void signOut() {
        at("sign-out").click();
        assertThat(at("user")).isHidden();
    }

    /**
     * Marks every earlier notification as seen, and waits until the server has confirmed it. The inbox is loaded, but the
     * page may not have drawn it yet.
     */
    void markAllSeen() {
        Locator button = at("inbox-all-seen");
        String inbox = "document.querySelector('notification-bell').client.inbox";
        waitUntil("document.querySelector('[data-testid=inbox-all-seen]').disabled === (" + inbox
                + ".counts.unseen === 0)");
        if (button.isEnabled()) {
            button.click();
        }
        assertThat(at("badge")).isHidden();
        waitUntil(inbox + ".unseenIds.length === 0 && !" + inbox + ".pendingAll && !" + inbox + ".countsAreOld");
    }

    void openBell() {
        at("bell").click();
        assertThat(at("panel")).isVisible();
    }

    /** Returns the rows of the inbox with that title. */
    Locator inInbox(String title) {
        return rows(at("inbox"), title);
    }

    /** Returns the rows of the bell's panel with that title. The panel must be open. */
    Locator inBell(String title) {
        return rows(at("panel"), title);
    }

    private Locator rows(Locator list, String title) {
        return list.getByTestId("notification")
                .filter(new Locator.FilterOptions()
                        .setHas(page.getByTestId("title")
                                .getByText(title, new Locator.GetByTextOptions().setExact(true))));
    }

    Locator inboxRows() {
        return at("inbox").getByTestId("notification");
    }

    Locator at(String testId) {
        return page.getByTestId(testId);
    }

    void waitForRings(int count) {
        waitUntil("window.rings === " + count);
    }

    int rings() {
        return (int) page.evaluate("window.rings");
    }

    void waitFor(BooleanSupplier condition) {
        page.waitForCondition(condition);
    }

    /** Polls a script. Unlike the browser's own waiting, this works on a page whose policy forbids {@code eval}. */
    void waitUntil(String script) {
        page.waitForCondition(() -> Boolean.TRUE.equals(page.evaluate(script)));
    }

    /** Polls a script for longer than usual. */
    void waitFor(Duration patience, String script) {
        page.waitForCondition(
                () -> Boolean.TRUE.equals(page.evaluate(script)),
                new Page.WaitForConditionOptions().setTimeout((double) patience.toMillis()));
    }

    /** Emulates a system that prefers dark colours. */
    void darken() {
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
    }

    void press(String key) {
        page.keyboard().press(key);
    }

    /** Gives the page its own clock. Call it before a page is shown. */
    void setClock() {
        page.clock().install();
    }

    /** Advances the page's own clock and runs everything that becomes due. */
    void letPass(Duration time) {
        page.clock().runFor(time.toMillis());
    }

    /** Lets the browser believe that the device has no network. Open connections stay. */
    void offline(boolean offline) {
        page.context().setOffline(offline);
    }

    /** Lets {@link #pass} move the page's time on. To be called before the page is opened. */
    DemoPage withClock() {
        page.clock().install();
        return this;
    }

    /** Lets time pass at once for the page's timers. */
    void pass(Duration time) {
        page.clock().runFor(time.toMillis());
    }

    /** Returns the page itself, for what only few tests need. */
    Page page() {
        return page;
    }

    Object evaluate(String script) {
        return page.evaluate(script);
    }

    /** Returns script errors and opened dialogs. */
    List<String> faults() {
        return List.copyOf(faults);
    }

    @Override
    public void close() {
        window.close();
    }
}
