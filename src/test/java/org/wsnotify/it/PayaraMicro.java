package org.wsnotify.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/**
 * A server process of its own, with the WAR that Maven built, on a free port; for tests that kill it or start it with settings of their own.
 */
public final class PayaraMicro implements AutoCloseable {

    private static final Duration START = Duration.ofSeconds(150);
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    private final Path directory;
    private final Map<String, String> properties = new TreeMap<>();
    private final Map<String, String> environment = new TreeMap<>();
    private final List<String> options = new ArrayList<>();
    private final int port = freePort();
    private String war = System.getProperty("notification.war");
    private Process process;

    /** @param directory where it runs, and keeps what it keeps */
    public PayaraMicro(Path directory) {
        this.directory = directory;
    }

    public PayaraMicro with(String setting, String value) {
        properties.put(setting, value);
        return this;
    }

    PayaraMicro withEnvironment(String name, String value) {
        environment.put(name, value);
        return this;
    }

    PayaraMicro withOptions(String... more) {
        options.addAll(List.of(more));
        return this;
    }

    /** Deploys another WAR than the one that Maven built. */
    PayaraMicro withWar(Path other) {
        war = other.toString();
        return this;
    }

    /** Starts it and waits until it is ready. */
    public PayaraMicro start() {
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
    PayaraMicro launch() {
        try {
            Files.createDirectories(directory);
            List<String> command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx512m"));
            properties.forEach((name, value) -> command.add("-D" + name + "=" + value));
            command.addAll(List.of(
                    "-jar",
                    System.getProperty("payara.jar"),
                    "--deploy",
                    war,
                    "--contextroot",
                    "/",
                    "--port",
                    String.valueOf(port),
                    "--prebootcommandfile",
                    Path.of("src/main/payara/preboot.txt").toAbsolutePath().toString(),
                    "--disablephonehome",
                    "--rootDir",
                    rootDirectory().toString()));
            command.addAll(options);
            ProcessBuilder builder = new ProcessBuilder(command)
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

    public URI http(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    URI socket() {
        return URI.create("ws://127.0.0.1:" + port + "/notification/websocket");
    }

    int status(String path) {
        try {
            HttpRequest request = HttpRequest.newBuilder(http(path))
                    .timeout(Duration.ofSeconds(10))
                    .build();
            return HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
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

    /** kill -9. */
    void kill() {
        process.destroyForcibly();
        ended();
    }

    /** SIGTERM, as an operator stops it. */
    void stop() {
        process.destroy();
        ended();
    }

    @Override
    public void close() {
        if (process != null && process.isAlive()) {
            kill();
        }
    }

    private void ended() {
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the server did not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** A new one for each start: with the one that a killed server left behind, Payara deploys twice and serves nothing. */
    private Path rootDirectory() throws IOException {
        return Files.createTempDirectory(directory, "server");
    }

    private Path logFile() {
        return directory.resolve("server.log");
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
