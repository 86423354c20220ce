package org.wsnotify.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.mongodb.MongoException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.bson.Document;
import org.wsnotify.Ports;

/** A database process of one test, which may be killed, started again with its data, and told to fail. */
final class MongoProcess implements AutoCloseable {

    private static final int NOT_WRITABLE_PRIMARY = 10107;

    private final Path directory;
    private final int port = Ports.free();
    private ProcessHandle process;

    private MongoProcess(Path directory) {
        this.directory = directory;
    }

    /** Skips the test if there is no database on this machine; fails if all tests must run. */
    static void assumeItCanBeStarted() {
        boolean there = System.getenv("MONGODB_TEST_URI") != null;
        if (Boolean.getBoolean("notification.test.strict")) {
            assertThat(there).as("MONGODB_TEST_URI is set").isTrue();
        }
        assumeTrue(there, "no database: see .ci/mongodb");
    }

    /** Starts one. */
    static MongoProcess in(Path directory) {
        MongoProcess database = new MongoProcess(directory);
        database.start();
        return database;
    }

    /** Starts it, with the port and the data that it had before. */
    void start() {
        try {
            Process script = new ProcessBuilder(
                            ".ci/mongodb",
                            "--port",
                            String.valueOf(port),
                            "--data",
                            directory.toString(),
                            "--enable-test-commands")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String said = new String(script.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            long pid = said.lines()
                    .filter(line -> line.startsWith("MONGODB_TEST_PID="))
                    .map(line -> Long.valueOf(line.substring(line.indexOf('=') + 1)))
                    .findFirst()
                    .orElseThrow();
            process = ProcessHandle.of(pid).orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns its connection string; for the mode see .ci/mongodb. */
    String uri() {
        return "mongodb://127.0.0.1:" + port + "/?serverMonitoringMode=poll";
    }

    /** Kills it (SIGKILL), and waits for its end. */
    void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /** Ends its being primary for some seconds. */
    void stepDown(int seconds) {
        command(new Document("replSetStepDown", seconds).append("force", true));
    }

    /** Closes the connections of the next commands of these names, undone. */
    void closeConnections(int times, String... commands) {
        fail(times, new Document("closeConnection", true), commands);
    }

    /** Refuses the next commands of these names, as a server does that is not the primary any more. */
    void refuse(int times, String... commands) {
        fail(times, new Document("errorCode", NOT_WRITABLE_PRIMARY), commands);
    }

    /** Lets all commands succeed again. */
    void failNoMore() {
        command(new Document("configureFailPoint", "failCommand").append("mode", "off"));
    }

    private void fail(int times, Document data, String... commands) {
        command(new Document("configureFailPoint", "failCommand")
                .append("mode", new Document("times", times))
                .append("data", data.append("failCommands", List.of(commands))));
    }

    private void command(Document command) {
        try (MongoClient client = MongoClients.create(uri())) {
            Awaitility.await("the database to obey")
                    .atMost(Duration.ofSeconds(30))
                    .ignoreExceptionsInstanceOf(MongoException.class)
                    .until(() -> client.getDatabase("admin").runCommand(command) != null);
        }
    }

    @Override
    public void close() {
        if (process != null) {
            process.destroyForcibly();
        }
    }
}
