package org.wsnotify.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.impl.driver.Driver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A project of somebody who uses the npm package that the build made, with the frameworks that Maven fetched. Nothing
 * needs to be installed: Node is the one inside Playwright's driver. For one thread.
 */
final class NpmProject {

    private static final Path PACKAGE = Path.of("target/npm");
    private static final Path FRAMEWORKS = Path.of("target/frameworks").toAbsolutePath();
    private static final Path SAMPLES = Path.of("src/test/resources/npm");
    private static final Path ESBUILD = Path.of("target/esbuild").toAbsolutePath();
    private static final long PATIENCE_SECONDS = 120;

    private final Path folder;
    private final String readme;

    /** @param name of its folder, beside the frameworks */
    NpmProject(String name) throws IOException {
        folder = Files.createDirectories(FRAMEWORKS.resolve(name));
        copy(PACKAGE, FRAMEWORKS.resolve("node_modules/webservice-notification-bell"));
        readme = Files.readString(PACKAGE.resolve("README.md"));
    }

    /** Returns the first example of the package's README in that language. */
    String recipe(String language) {
        Matcher example = Pattern.compile("(?s)```" + language + "\\n(.*?)```").matcher(readme);
        assertThat(example.find()).as(language).isTrue();
        return example.group(1);
    }

    NpmProject write(String file, String text) throws IOException {
        Files.writeString(folder.resolve(file), text);
        return this;
    }

    /** Adds files from {@code src/test/resources/npm}. */
    NpmProject with(String... samples) throws IOException {
        for (String sample : samples) {
            Files.copy(SAMPLES.resolve(sample), folder.resolve(sample), StandardCopyOption.REPLACE_EXISTING);
        }
        return this;
    }

    /** Returns what the script printed. */
    String node(String... arguments) throws IOException, InterruptedException {
        return run(nodeExecutable(), arguments);
    }

    /** Returns the errors of the TypeScript compiler. */
    List<String> typeErrors(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(nodeExecutable(), "../node_modules/typescript/bin/tsc"));
        command.addAll(List.of(arguments));
        return Stream.of(output(command).text().split("\\R", -1))
                .filter(line -> line.contains("error TS"))
                .toList();
    }

    /** Returns a module with everything that the file imports. */
    String bundle(String file) throws IOException, InterruptedException {
        String esbuild = Stream.of("esbuild", "esbuild.exe")
                .map(ESBUILD::resolve)
                .filter(Files::exists)
                .findFirst()
                .orElseThrow()
                .toString();
        return run(
                esbuild,
                file,
                "--bundle",
                "--format=esm",
                "--charset=utf8",
                "--jsx=automatic",
                "--conditions=browser",
                "--define:process.env.NODE_ENV=\"production\"",
                "--log-level=warning");
    }

    private String run(String program, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(program));
        command.addAll(List.of(arguments));
        Output output = output(command);
        assertThat(output.status()).as(() -> command + "\n" + output.text()).isZero();
        return output.text();
    }

    private Output output(List<String> command) throws IOException, InterruptedException {
        Path printed = Files.createTempFile(folder, "output", ".txt");
        try {
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(printed.toFile())
                    .start();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(command + " did not end");
            }
            return new Output(process.exitValue(), Files.readString(printed));
        } finally {
            Files.delete(printed);
        }
    }

    static String nodeExecutable() {
        return Driver.ensureDriverInstalled(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"), false)
                .createProcessBuilder()
                .command()
                .get(0);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            files.forEach(file -> {
                Path copy = to.resolve(from.relativize(file).toString());
                try {
                    if (Files.isDirectory(file)) {
                        Files.createDirectories(copy);
                    } else {
                        Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
                    }
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }

    private record Output(int status, String text) {}
}
