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
 * A separate server process with the WAR that Maven built, on a free port. For tests that kill the server or need
 * special settings.
 *
 * <p>The system property {@code notification.server} selects the server. It runs on the JDK that runs the test.
 */
public abstract class TestServer implements AutoCloseable {

    private static final Duration START = Duration.ofSeconds(150);

    private final Path directory;
    private final Map<String, String> properties = new TreeMap<>();
    private final Map<String, String> environment = new TreeMap<>();
    private final ServerAddress address = ServerAddress.free();
    private final Path war = Path.of(System.getProperty("notification.war"));
    private Process process;

    /** @param directory its working directory, which contains its data */
    TestServer(Path directory) {
        this.directory = directory;
    }

    /** Returns the server under test. */
    public static TestServer in(Path directory) {
        return in(directory, System.getProperty("notification.server", "payara"));
    }

    /** @param name {@code payara} or {@code liberty} */
    static TestServer in(Path directory, String name) {
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

    /** Gives it a DataSource for a database of users, as in docs/operations.md. */
    TestServer withUsers(MariaDbServer users) {
        return withEnvironment("USERS_URL", users.url())
                .withEnvironment("USERS_USER", users.user())
                .withEnvironment("USERS_PASSWORD", users.password());
    }

    /** Prepares it for a proxy in front of several servers, as in docs/operations.md. */
    TestServer behindProxy() {
        return this;
    }

    /** Starts it and waits until it is ready. */
    public TestServer start() {
        launch();
        awaitReady();
        return this;
    }

    void awaitReady() {
        Awaitility.await("the server to be ready").atMost(START).until(() -> {
            if (!process.isAlive()) {
                throw new IllegalStateException("the server ended:\n" + log());
            }
            return status("/health/ready") == 200;
        });
    }

    /** Starts it and does not wait. */
    TestServer launch() {
        try {
            Files.createDirectories(directory);
            // A new folder for each start: with that of a killed server, Payara deploys twice and serves nothing.
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
     * Returns the server process itself, so that signals reach it.
     *
     * @param work an empty folder for the files of the server itself
     */
    abstract ProcessBuilder process(Path work) throws IOException;

    Path directory() {
        return directory;
    }

    /** Returns the options of its virtual machine, with the settings. */
    List<String> options() {
        List<String> options = new ArrayList<>(
                List.of(System.getProperty("notification.server.options").split(" ")));
        properties.forEach((name, value) -> options.add("-D" + name + "=" + value));
        return options;
    }

    /** Returns whether it serves the demo. */
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

    /** Returns the status of a path; 0 if there is no answer. */
    int status(String path) {
        return address.status(path);
    }

    /** Returns the body of a path; empty if there is no answer. */
    String text(String path) {
        return address.text(path);
    }

    /** Returns the value of a meter over all its tags. */
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
        return process != null && process.isAlive();
    }

    long pid() {
        return process.pid();
    }

    /** Returns the processor time that it has used. */
    long cpuMicros() {
        return process.info().totalCpuDuration().orElseThrow().toNanos() / 1000;
    }

    /** Kills it (SIGKILL). */
    void kill() {
        process.destroyForcibly();
        ended();
    }

    /** Sends a signal to it, as in {@code STOP} and {@code CONT}. */
    void signal(String name) {
        Signal.send(name, pid());
    }

    /** Stops it as an operator does (SIGTERM), and does not wait. */
    void terminate() {
        process.destroy();
    }

    /** Stops it (SIGTERM) and waits for its end. */
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
