package org.wsnotify.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.wsnotify.jdbc.MariaDbServer;

/**
 * A server process of its own, with the WAR that Maven built, on a free port; for tests that kill it or start it with
 * settings of their own.
 *
 * <p>Which server it is says the system property {@code notification.server}; it runs on the JDK that runs the test.
 */
public abstract class TestServer implements AutoCloseable {

    private static final Duration START = Duration.ofSeconds(150);

    private final Path directory;
    private final Map<String, String> properties = new TreeMap<>();
    private final Map<String, String> environment = new TreeMap<>();
    private final ServerAddress address = ServerAddress.free();
    private final Path war = Path.of(System.getProperty("notification.war"));
    private Process process;

    /** @param directory where it runs, and keeps what it keeps */
    TestServer(Path directory) {
        this.directory = directory;
    }

    /** The one under test. */
    public static TestServer in(Path directory) {
        String name = System.getProperty("notification.server", "payara");
        return switch (name) {
            case "payara" -> new PayaraMicro(directory);
            case "liberty" -> new OpenLiberty(directory);
            default -> throw new IllegalArgumentException("there is no server " + name);
        };
    }

    public TestServer with(String setting, String value) {
        properties.put(setting, value);
        return this;
    }

    TestServer withEnvironment(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /** Gives it a DataSource over a database of users, as docs/operations.md says. */
    TestServer withUsers(MariaDbServer users) {
        return withEnvironment("USERS_URL", users.url())
                .withEnvironment("USERS_USER", users.user())
                .withEnvironment("USERS_PASSWORD", users.password());
    }

    /** Starts it and waits until it is ready. */
    public TestServer start() {
        launch();
        Awaitility.await("the server to be ready").atMost(START).until(() -> {
            if (!process.isAlive()) {
                throw new IllegalStateException("the server ended:\n" + log());
            }
            return status("/health/ready") == 200;
        });
        return this;
    }

    /** Starts it and waits for nothing. */
    TestServer launch() {
        try {
            Files.createDirectories(directory);
            // A new one for each start: with the one that a killed server left behind, Payara deploys twice and serves
            // nothing.
            ProcessBuilder builder = process(Files.createTempDirectory(directory, "server"))
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(logFile().toFile()));
            builder.environment().putAll(environment);
            process = builder.start();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The process that is the server: signals must reach it.
     *
     * @param work an empty folder for what the server itself keeps
     */
    abstract ProcessBuilder process(Path work) throws IOException;

    Path directory() {
        return directory;
    }

    /** What its virtual machine is given, and the settings. */
    List<String> options() {
        List<String> options = new ArrayList<>(
                List.of(System.getProperty("notification.server.options").split(" ")));
        properties.forEach((name, value) -> options.add("-D" + name + "=" + value));
        return options;
    }

    /** Whether it shows the demo. */
    boolean demo() {
        return Boolean.parseBoolean(properties.get("notification.demo"));
    }

    Path war() {
        return war;
    }

    int port() {
        return address.port();
    }

    static Path javaHome() {
        return Path.of(System.getProperty("java.home"));
    }

    public URI http(String path) {
        return address.http(path);
    }

    URI socket() {
        return address.socket();
    }

    /** What a path is answered with; 0 when there is no answer. */
    int status(String path) {
        return address.status(path);
    }

    /** What a path is answered with; empty when there is no answer. */
    String text(String path) {
        return address.text(path);
    }

    /** The value of a meter, over all its tags. */
    int meter(String name) {
        return address.meter(name);
    }

    String log() {
        try {
            return Files.readString(logFile());
        } catch (IOException e) {
            return "";
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    long pid() {
        return process.pid();
    }

    /** The processor time that it has used. */
    long cpuMicros() {
        return process.info().totalCpuDuration().orElseThrow().toNanos() / 1000;
    }

    /** kill -9. */
    void kill() {
        process.destroyForcibly();
        ended();
    }

    /** SIGTERM, as an operator stops it; waits for nothing. */
    void terminate() {
        process.destroy();
    }

    /** SIGTERM, and waits for the end. */
    void stop() {
        terminate();
        ended();
    }

    @Override
    public void close() {
        if (process != null && process.isAlive()) {
            kill();
        }
    }

    void ended() {
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the server did not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private Path logFile() {
        return directory.resolve("server.log");
    }
}
