package org.wsnotify.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.impl.driver.Driver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs the tests in {@code src/test/javascript}: those of the bell's modules that need no page.
 *
 * <p>They run in the Node that Playwright brings, so nothing has to be installed. Each file runs in its own process, in
 * UTC; a test that needs another zone sets {@code process.env.TZ}.
 */
class BellModulesTest {

    private static final Path TESTS = Path.of("src", "test", "javascript");
    private static final long DEADLINE_SECONDS = 60;

    private static Path driver;

    @TempDir
    private Path directory;

    @BeforeAll
    static void unpackNode() {
        driver = Driver.ensureDriverInstalled(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"), false)
                .driverDir();
    }

    static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(TESTS)) {
            return files.filter(file -> file.toString().endsWith(".test.js"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("files")
    void allTestsOfTheFilePass(Path file) throws Exception {
        Path report = directory.resolve("report.txt");
        Process node = node(file, report);
        try {
            boolean ended = node.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS);
            String said = Files.readString(report);
            assertThat(ended).as("ended in time: %s", said).isTrue();
            assertThat(node.exitValue()).as("%s", failures(said)).isZero();
            assertThat(said).containsPattern("(?m)^ℹ tests [1-9]").contains("ℹ skipped 0", "ℹ todo 0");
        } finally {
            node.destroyForcibly();
        }
    }

    private static String failures(String said) {
        return said.substring(Math.max(0, said.indexOf("✖ failing tests")));
    }

    private static Process node(Path test, Path report) throws IOException {
        String program = System.getProperty("os.name").startsWith("Windows") ? "node.exe" : "node";
        ProcessBuilder builder = new ProcessBuilder(
                driver.resolve(program).toString(),
                // The modules are plain files without a package.json.
                "--disable-warning=MODULE_TYPELESS_PACKAGE_JSON",
                "--test-reporter=spec",
                test.toString());
        builder.environment().put("TZ", "UTC");
        builder.environment().remove("NODE_OPTIONS");
        return builder.redirectErrorStream(true).redirectOutput(report.toFile()).start();
    }
}
