package org.wsnotify.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.wsnotify.jdbc.MariaDbServer;

/** Payara Micro, started as in docs/operations.md. */
final class PayaraMicro extends TestServer {

    private final List<String> options = new ArrayList<>();
    private String preboot = "preboot.txt";

    PayaraMicro(Path directory) {
        super(directory);
    }

    @Override
    TestServer withUsers(MariaDbServer users) {
        options.addAll(List.of(
                "--addlibs", TestLibraries.mysql().toString(), "--postbootcommandfile", source("users-mysql.txt")));
        return super.withUsers(users);
    }

    /** Opens the port only when the application is deployed: until then, Payara would answer with 404 and 500. */
    @Override
    TestServer behindProxy() {
        preboot = "preboot-behind-proxy.txt";
        assertContinues(preboot, "preboot.txt");
        options.addAll(List.of("--postdeploycommandfile", source("postdeploy-behind-proxy.txt")));
        return this;
    }

    @Override
    ProcessBuilder process(Path work) {
        List<String> command =
                new ArrayList<>(List.of(javaHome().resolve("bin/java").toString()));
        command.addAll(options());
        command.addAll(List.of("-jar", System.getProperty("payara.jar")));
        command.addAll(List.of("--deploy", war().toString(), "--contextroot", "/"));
        command.addAll(List.of("--port", String.valueOf(port()), "--rootDir", work.toString()));
        command.addAll(List.of("--prebootcommandfile", source(preboot), "--disablephonehome"));
        command.addAll(List.of("--logproperties", source("logging.properties")));
        command.addAll(options);
        return new ProcessBuilder(command);
    }

    private static void assertContinues(String file, String other) {
        try {
            assertThat(Files.readString(Path.of(source(file)))).startsWith(Files.readString(Path.of(source(other))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String source(String file) {
        return Path.of("src/main/payara", file).toAbsolutePath().toString();
    }
}
