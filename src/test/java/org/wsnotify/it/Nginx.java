package org.wsnotify.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** The system's nginx with the configuration of docs/operations.md for two servers, without TLS. */
final class Nginx implements AutoCloseable {

    private final ServerAddress address = ServerAddress.free();
    private final Process process;
    private final Path requests;

    private Nginx(Path directory, List<Integer> ports) throws IOException {
        this.requests = directory.resolve("access.log");
        Files.createDirectories(directory);
        Path configuration = Files.writeString(directory.resolve("nginx.conf"), configuration(directory, ports));
        process = new ProcessBuilder(
                        program().orElseThrow().toString(),
                        "-p",
                        directory.toString(),
                        "-c",
                        configuration.toString(),
                        "-e",
                        directory.resolve("error.log").toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("output").toFile())
                .start();
    }

    /** Skips the test if there is no nginx on this machine; fails if all tests must run. */
    static void assumeItCanBeStarted() {
        boolean there = program().isPresent();
        if (Boolean.getBoolean("notification.test.strict")) {
            assertThat(there).as("nginx is installed").isTrue();
        }
        assumeTrue(there, "no nginx: apt-get install nginx-light");
    }

    static Nginx before(Path directory, Cluster cluster) {
        try {
            Nginx nginx = new Nginx(
                    directory, List.of(cluster.node(0).port(), cluster.node(1).port()));
            Awaitility.await("nginx").until(() -> nginx.address.status("/") != 0);
            return nginx;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<Path> program() {
        return Stream.of("/usr/sbin/nginx", "/usr/bin/nginx", "/usr/local/sbin/nginx", "/usr/local/bin/nginx")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
    }

    private String configuration(Path directory, List<Integer> ports) throws IOException {
        String documented;
        try (InputStream in = Nginx.class.getResourceAsStream("several-servers.conf")) {
            documented = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        String site = documented
                .replace("127.0.0.1:8587", "127.0.0.1:" + ports.get(0))
                .replace("127.0.0.1:8588", "127.0.0.1:" + ports.get(1))
                .replace("listen 443 ssl;", "listen 127.0.0.1:" + address.port() + ";")
                .replaceAll("(?m)^ *ssl_.*$", "");
        String temporary = Stream.of("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
                .map(name -> name + "_temp_path " + directory.resolve(name) + ";\n")
                .reduce("", String::concat);
        return (System.getProperty("user.name").equals("root") ? "user root;\n" : "")
                + "daemon off;\nworker_processes 2;\npid " + directory.resolve("pid") + ";\n"
                + "events { worker_connections 4096; }\n"
                + "http {\nlog_format upstreams '$status $request_method $request_uri <- $upstream_addr: $upstream_status';\n"
                + "access_log " + requests + " upstreams;\n" + temporary + site + "}\n";
    }

    ServerAddress address() {
        return address;
    }

    /** Returns a line for each request: the status, what was asked, and what which servers answered. */
    List<String> requests() {
        try {
            return Files.readAllLines(requests);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
    }
}
