package org.wsnotify.bell;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** The files that browsers load, in {@code target/bell}. */
class BellBundleTest {

    private static final Path BUNDLE = Path.of("target/bell");
    private static final int MOST_BYTES = 15 * 1024;

    @Test
    void bellHasLessThan15KilobytesCompressed() throws Exception {
        assertThat(compressed(Files.readAllBytes(BUNDLE.resolve("bell.js"))))
                .as("bytes of /bell.js with gzip: load lazily what few pages need")
                .isLessThan(MOST_BYTES);
    }

    /** A module that is loaded lazily must share nothing with the others: it would become one more file for all pages. */
    @Test
    void bellIsOneFileExceptForWhatItLoadsLazily() throws Exception {
        assertThat(Files.readString(BUNDLE.resolve("bell.js"))).doesNotContainPattern("(import|from)\\s*[\"']");
    }

    @Test
    void namesOfLazilyLoadedFilesChangeWithTheirContent() throws Exception {
        assertThat(filesBesideTheBell()).allMatch(name -> name.matches("bell/[\\w-]+-[A-Z0-9]{8}\\.js"));
    }

    @Test
    void addressOfTheServerIsRelativeToTheFile() throws Exception {
        assertThat(Files.readString(BUNDLE.resolve("bell.js"), UTF_8))
                .containsPattern("new URL\\([\"'`]\\./notification/websocket[\"'`],import\\.meta\\.url\\)");
    }

    private static List<String> filesBesideTheBell() throws IOException {
        try (Stream<Path> files = Files.walk(BUNDLE)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> BUNDLE.relativize(file).toString().replace('\\', '/'))
                    .filter(name -> !name.equals("bell.js"))
                    .toList();
        }
    }

    private static int compressed(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new BestGzip(bytes)) {
            gzip.write(content);
        }
        return bytes.size();
    }

    private static final class BestGzip extends GZIPOutputStream {
        BestGzip(ByteArrayOutputStream out) throws IOException {
            super(out);
            def.setLevel(Deflater.BEST_COMPRESSION);
        }
    }
}
