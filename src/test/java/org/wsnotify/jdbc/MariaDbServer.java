package org.wsnotify.jdbc;

import static java.util.concurrent.TimeUnit.SECONDS;

import com.mysql.cj.jdbc.MysqlDataSource;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.wsnotify.Ports;

/**
 * A MariaDB server for one test: a separate process on a free loopback port, with a directory that is deleted at the
 * end.
 *
 * <p>Needs {@code mariadbd} and {@code mariadb-install-db} (Debian: {@code mariadb-server-core}). Without them the test
 * is skipped, or fails if {@code notification.test.strict} is set.
 */
public final class MariaDbServer implements AutoCloseable {
    /** The database that exists from the start. */
    public static final String DATABASE = "app";

    private static final String USER = "app";
    private static final String PASSWORD = "app:S\"e'c\\r,e=t$1 #";
    private static final Duration START = Duration.ofSeconds(60);

    private final Path directory;
    private final int port;
    private Process process;

    private MariaDbServer(Path directory, int port) {
        this.directory = directory;
        this.port = port;
    }

    /** Starts one, or skips the test. */
    public static MariaDbServer startOrSkip() {
        Optional<Path> install = program("mariadb-install-db");
        Optional<Path> server = program("mariadbd");
        if (install.isEmpty() || server.isEmpty()) {
            String message = "needs mariadbd and mariadb-install-db (Debian: mariadb-server-core)";
            if (Boolean.getBoolean("notification.test.strict")) {
                Assertions.fail(message);
            }
            Assumptions.abort(message);
        }
        try {
            return start(install.get(), server.get());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static MariaDbServer start(Path install, Path server) throws IOException {
        Path directory = Files.createTempDirectory("mariadb-test");
        MariaDbServer started = new MariaDbServer(directory, Ports.free());
        started.install(install);
        started.run(server);
        return started;
    }

    private void install(Path program) throws IOException {
        Process installing =
                launch(program, "--auth-root-authentication-method=normal", "--skip-test-db", "--datadir=" + data());
        try {
            if (!installing.waitFor(START.toSeconds(), SECONDS) || installing.exitValue() != 0) {
                throw new IllegalStateException("mariadb-install-db failed: " + Files.readString(log()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } finally {
            installing.destroyForcibly();
        }
    }

    private void run(Path program) throws IOException {
        process = launch(
                program,
                "--datadir=" + data(),
                "--socket=" + directory.resolve("s"),
                "--bind-address=127.0.0.1",
                "--port=" + port,
                "--character-set-server=utf8mb4");
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        try {
            Awaitility.await().atMost(START).ignoreExceptions().until(() -> {
                Assertions.assertTrue(process.isAlive(), "mariadbd ended");
                execute(
                        as("root", "", ""),
                        "CREATE DATABASE IF NOT EXISTS " + DATABASE,
                        "CREATE USER IF NOT EXISTS " + USER + "@localhost IDENTIFIED BY " + literal(PASSWORD),
                        "CREATE USER IF NOT EXISTS " + USER + "@127.0.0.1 IDENTIFIED BY " + literal(PASSWORD),
                        "GRANT ALL ON " + DATABASE + ".* TO " + USER + "@localhost, " + USER + "@127.0.0.1");
                return true;
            });
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private Process launch(Path program, String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of(program.toString(), "--no-defaults"));
        if ("root".equals(System.getProperty("user.name"))) {
            command.add("--user=root");
        }
        command.addAll(List.of(options));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                .start();
    }

    /** Returns the JDBC URL for Connector/J, without timeouts. */
    public String url() {
        return url(port);
    }

    /** Returns the JDBC URL of a relay. */
    public String url(int relayPort) {
        return "jdbc:mysql://127.0.0.1:" + relayPort + "/" + DATABASE;
    }

    public int port() {
        return port;
    }

    /** SIGSTOP: connections stay open, and nothing answers. */
    public void pause() {
        signal("STOP");
    }

    /** SIGCONT. */
    public void resume() {
        signal("CONT");
    }

    private void signal(String name) {
        try {
            int status = new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                    .start()
                    .waitFor();
            Assertions.assertEquals(0, status, "kill -" + name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public String user() {
        return USER;
    }

    public String password() {
        return PASSWORD;
    }

    /** Returns a DataSource of the application's user without a pool. */
    public DataSource dataSource() {
        return as(USER, PASSWORD, DATABASE);
    }

    /** Runs statements as the application's user. */
    public void execute(String... statements) {
        try {
            execute(dataSource(), statements);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void execute(DataSource dataSource, String... statements) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private DataSource as(String user, String password, String database) {
        MysqlDataSource dataSource = new MysqlDataSource();
        dataSource.setUrl(
                "jdbc:mysql://127.0.0.1:" + port + "/" + database + "?connectTimeout=3000&socketTimeout=10000");
        dataSource.setUser(user);
        dataSource.setPassword(password);
        return dataSource;
    }

    /** Ends the server and deletes its data. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path data() {
        return directory.resolve("data");
    }

    private Path log() {
        return directory.resolve("log");
    }

    private static Optional<Path> program(String name) {
        String path = System.getenv("PATH") + File.pathSeparator + "/usr/sbin" + File.pathSeparator + "/usr/local/sbin";
        return Stream.of(path.split(File.pathSeparator))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static String literal(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "''") + "'";
    }
}
