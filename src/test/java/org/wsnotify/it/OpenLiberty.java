package org.wsnotify.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.wsnotify.jdbc.MariaDbServer;

/** Open Liberty, started as in docs/operations.md. */
final class OpenLiberty extends TestServer {

    static final Path SERVER_XML = Path.of("src/main/liberty/config/server.xml");
    static final Path USERS_XML = Path.of("src/main/liberty/config/users.xml");
    private static final String NAME = "notification";

    private boolean users;

    OpenLiberty(Path directory) {
        super(directory);
    }

    @Override
    TestServer withUsers(MariaDbServer database) {
        users = true;
        return super.withUsers(database)
                .withEnvironment("USERS_DRIVER", TestLibraries.mysql().getParent());
    }

    @Override
    ProcessBuilder process(Path work) throws IOException {
        Path server = Files.createDirectories(work.resolve("servers").resolve(NAME));
        Files.copy(SERVER_XML, server.resolve("server.xml"));
        if (users || demo()) {
            Files.copy(USERS_XML, server.resolve("users.xml"));
        }
        Files.write(server.resolve("jvm.options"), options());

        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("liberty.home"), "bin", "server").toString(), "run", NAME);
        builder.environment().put("JAVA_HOME", javaHome().toString());
        builder.environment().put("WLP_USER_DIR", work.toString());
        builder.environment().put("SERVER_WORKING_DIR", directory().toString());
        builder.environment().put("HTTP_PORT", String.valueOf(port()));
        builder.environment().put("WAR", war().toString());
        if (demo()) {
            builder.environment().put("USERS_DRIVER", System.getProperty("liberty.demo.users"));
        }
        return builder;
    }
}
