package org.wsnotify.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The Chromium installed on this machine, running headless.
 *
 * <p>Downloads nothing. Without a Chromium the test is skipped, or fails with {@code notification.test.strict=true}.
 * For one thread.
 */
final class SystemChromium implements AutoCloseable {

    private static final List<String> NAMES =
            List.of("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome");

    /** How long a condition may take to come true on a machine that is busy with other tests. */
    private static final double PATIENCE_MILLIS = 20_000;

    private static final List<String> ARGUMENTS = List.of(
            "--no-sandbox",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--no-first-run");

    private final Playwright playwright;
    private final Browser browser;

    private SystemChromium(Path executable) {
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(executable)
                        .setArgs(ARGUMENTS));
    }

    static SystemChromium start() {
        Optional<Path> executable = executable();
        need(executable.isPresent(), "no Chromium on the PATH: looked for " + NAMES);
        return new SystemChromium(executable.get());
    }

    /** Returns a new window that shares nothing with the others. */
    BrowserContext window() {
        return browser.newContext();
    }

    /** Skips the test if something is missing on this machine. In strict mode it fails instead. */
    static void need(boolean present, String otherwise) {
        if (Boolean.getBoolean("notification.test.strict")) {
            assertThat(present).as(otherwise).isTrue();
        }
        assumeTrue(present, otherwise);
    }

    private static Optional<Path> executable() {
        List<Path> path = Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .map(Path::of)
                .toList();
        return NAMES.stream()
                .flatMap(name -> path.stream().map(directory -> directory.resolve(name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
