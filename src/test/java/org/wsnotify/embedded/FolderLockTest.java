package org.wsnotify.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who else is refused while the folder of the store is in use. */
@Timeout(60)
class FolderLockTest {

    @TempDir
    Path parent;

    private Path directory;
    private EmbeddedDatabase database;

    @BeforeEach
    void open() {
        directory = parent.resolve("store");
        database = EmbeddedDatabase.open(directory);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void anotherProcessIsRefusedAlsoAfterThisOneWasRefused() throws Exception {
        assertThatThrownBy(() -> EmbeddedDatabase.open(directory)).hasMessageContaining("is in use");

        assertThat(answerOfAnotherProcess()).contains("is in use");
        database.close();
        assertThat(answerOfAnotherProcess()).isEqualTo(LockProbe.FREE);
    }

    @Test
    void anotherProcessIsRefusedAlsoAfterAnotherDeploymentWasRefused() throws Exception {
        try (URLClassLoader deployment = new URLClassLoader(classPath(), ClassLoader.getPlatformClassLoader())) {
            Class<?> other = deployment.loadClass(EmbeddedDatabase.class.getName());
            assertThat(other).isNotEqualTo(EmbeddedDatabase.class);
            assertThatThrownBy(() -> other.getMethod("open", Path.class).invoke(null, directory))
                    .cause()
                    .hasMessageContaining("is in use");
        }

        assertThat(answerOfAnotherProcess()).contains("is in use");
    }

    @Test
    void folderIsTheSameByAnotherPath() throws Exception {
        Path link = Files.createSymbolicLink(parent.resolve("link"), directory);

        assertThatThrownBy(() -> EmbeddedDatabase.open(link)).hasMessageContaining("is in use");

        assertThat(answerOfAnotherProcess()).contains("is in use");
    }

    @Test
    void folderThatCannotBeUsedIsFreeAfterwards() throws IOException {
        Path broken = Files.createDirectory(parent.resolve("broken"));
        Path inTheWay = Files.createDirectory(broken.resolve(CommitRecord.FILE_NAME));
        assertThatThrownBy(() -> EmbeddedDatabase.open(broken)).hasMessageContaining("is not writable");
        Files.delete(inTheWay);

        EmbeddedDatabase.open(broken).close();

        EmbeddedDatabase.open(broken).close();
    }

    private static URL[] classPath() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(FolderLockTest::url)
                .toArray(URL[]::new);
    }

    private static URL url(String path) {
        try {
            return Path.of(path).toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
        }
    }

    private String answerOfAnotherProcess() throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LockProbe.class.getName(),
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        } finally {
            process.destroyForcibly();
        }
    }
}
