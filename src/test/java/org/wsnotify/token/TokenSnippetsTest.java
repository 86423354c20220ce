package org.wsnotify.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.wsnotify.login.AuthenticatedUser;
import org.wsnotify.login.TokenCredentials;

/** The examples in docs/tokens.md make tokens that the server accepts. Each runs where its language is installed. */
class TokenSnippetsTest {

    private static final String SECRET = "0123456789abcdef0123456789abcdef";
    private static final String USER = "zoë 42";

    @TempDir
    Path directory;

    /**
     * A language.
     *
     * @param name as in the documentation
     * @param file what the example is written to
     * @param call prints a token
     * @param command runs the file
     */
    private record Language(String name, String file, String call, List<String> command) {
        @Override
        public String toString() {
            return name;
        }

        boolean isInstalled() {
            return command.get(0).contains("/")
                    || Stream.of(System.getenv("PATH").split(":", -1))
                            .anyMatch(folder -> Files.isExecutable(Path.of(folder, command.get(0))));
        }
    }

    static Stream<Language> languages() {
        return Stream.of(
                        new Language(
                                "javascript",
                                "token.cjs",
                                "process.stdout.write(bellToken('" + USER + "', '" + SECRET + "'));",
                                List.of("node", "token.cjs")),
                        new Language(
                                "python",
                                "token_.py",
                                "print(bell_token('" + USER + "', '" + SECRET + "'))",
                                List.of("python3", "token_.py")),
                        new Language(
                                "php",
                                "token.php",
                                "echo bell_token('" + USER + "', '" + SECRET + "');",
                                List.of("php", "token.php")),
                        new Language(
                                "ruby",
                                "token.rb",
                                "puts bell_token('" + USER + "', '" + SECRET + "')",
                                List.of("ruby", "token.rb")),
                        new Language(
                                "java",
                                "Main.java",
                                "class Main { public static void main(String[] none) throws Exception {"
                                        + " System.out.print(BellToken.of(\"" + USER + "\", \"" + SECRET
                                        + "\", 3600)); } }",
                                List.of(
                                        Path.of(System.getProperty("java.home"), "bin", "java")
                                                .toString(),
                                        "-Dfile.encoding=UTF-8",
                                        "Main.java")))
                .filter(Language::isInstalled);
    }

    @ParameterizedTest
    @MethodSource("languages")
    void exampleMakesATokenThatIsAccepted(Language language) throws IOException, InterruptedException {
        String example = example(language.name());
        // Java runs the class that stands first
        boolean first = language.name().equals("java");
        int classStart = example.indexOf("class ");
        Files.writeString(
                directory.resolve(language.file()),
                first
                        ? example.substring(0, classStart) + language.call() + "\n" + example.substring(classStart)
                        : example + "\n" + language.call() + "\n");
        Process process = new ProcessBuilder(language.command())
                .directory(directory.toFile())
                .redirectError(directory.resolve("errors").toFile())
                .start();
        String token = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();

        assertThat(process.exitValue())
                .as(Files.readString(directory.resolve("errors")))
                .isZero();
        assertThat(user(token.strip())).as(token).contains(USER);
    }

    private static Optional<String> user(String token) {
        TokenRules rules = new TokenRules(List.of(SECRET), Optional.empty(), Optional.empty(), Optional.empty());
        return new TokenAuthenticator(rules, Clock.systemUTC())
                .authenticate(new TokenCredentials(token))
                .map(AuthenticatedUser::id);
    }

    private static String example(String language) throws IOException {
        Matcher block = Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("docs/tokens.md")));
        assertThat(block.find()).isTrue();
        return block.group(1);
    }
}
