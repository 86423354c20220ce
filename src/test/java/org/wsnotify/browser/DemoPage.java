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

/**
 * One window with the demo page, or another with a bell.
 *
 * <p>Counts how often its bell rang since the page was opened, and keeps what scripts did wrong. For one thread.
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

    /** A window that shows nothing yet. */
    DemoPage(BrowserContext window) {
        this.window = window;
        this.page = window.newPage();
        page.onPageError(faults::add);
        page.onDialog(dialog -> {
            faults.add("dialog: " + dialog.message());
            dialog.dismiss();
        });
    }

    /** Shows a page with a bell. */
    DemoPage open(URI address) {
        page.navigate(address.toString());
        page.evaluate(COUNT_RINGS);
        return this;
    }

    /** The cable that its connections will use; only before a page is shown. */
    Cable cable() {
        return new Cable(page);
    }

    /** Signs in one of the demo's users, whose password is the login. */
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

    /** Leaves nothing unseen of what went before. */
    void markAllSeen() {
        Locator button = at("inbox-all-seen");
        if (button.isEnabled()) {
            button.click();
        }
        assertThat(at("badge")).isHidden();
    }

    void openBell() {
        at("bell").click();
        assertThat(at("panel")).isVisible();
    }

    /** The rows of that title in the inbox. */
    Locator inInbox(String title) {
        return rows(at("inbox"), title);
    }

    /** The rows of that title in the panel of the bell, which must be open. */
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

    /** Asks again and again; unlike the browser's own waiting, also where the page lets no script be made of a text. */
    void waitUntil(String script) {
        page.waitForCondition(() -> Boolean.TRUE.equals(page.evaluate(script)));
    }

    /** The reader's system asks for dark colours. */
    void darken() {
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
    }

    void press(String key) {
        page.keyboard().press(key);
    }

    /** Sets a clock of the page's own; only before a page is shown. */
    void setClock() {
        page.clock().install();
    }

    /** Lets time pass on the page's own clock, with everything that is due meanwhile. */
    void letPass(Duration time) {
        page.clock().runFor(time.toMillis());
    }

    Object evaluate(String script) {
        return page.evaluate(script);
    }

    /** Errors of scripts and dialogs that opened. */
    List<String> faults() {
        return List.copyOf(faults);
    }

    @Override
    public void close() {
        window.close();
    }
}
