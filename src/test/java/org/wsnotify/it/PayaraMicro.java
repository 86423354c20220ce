package org.wsnotify.it;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.wsnotify.jdbc.MariaDbServer;

/** Payara Micro, started as in docs/operations.md. */
final class PayaraMicro extends TestServer {

    private final List<String> options = new ArrayList<>();

    PayaraMicro(Path directory) {
        super(directory);
    }

    @Override
    TestServer withUsers(MariaDbServer users) {
        options.addAll(List.of(
                "--addlibs", TestLibraries.mysql().toString(), "--postbootcommandfile", source("users-mysql.txt")));
        return super.withUsers(users);
    }

    @Override
    ProcessBuilder process(Path work) {
        List<String> command =
                new ArrayList<>(List.of(javaHome().resolve("bin/java").toString()));
        command.addAll(options());
        command.addAll(List.of("-jar", System.getProperty("payara.jar")));
        command.addAll(List.of("--deploy", war().toString(), "--contextroot", "/"));
        command.addAll(List.of("--port", String.valueOf(port()), "--rootDir", work.toString()));
        command.addAll(List.of("--prebootcommandfile", source("preboot.txt"), "--disablephonehome"));
        command.addAll(List.of("--logproperties", source("logging.properties")));
        command.addAll(options);
        return new ProcessBuilder(command);
    }

    private static String source(String file) {
        return Path.of("src/main/payara", file).toAbsolutePath().toString();
    }
}
