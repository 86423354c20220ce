package org.wsnotify.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Creates the Open Liberty that Arquillian starts, from the shipped {@code server.xml}. Arquillian deploys the
 * application.
 *
 * <p>Arquillian must know the port before the server does. So this runs before the first test, and {@code
 * arquillian.xml} reads the port from system properties.
 */
public final class ArquillianLiberty implements LauncherSessionListener {

    private static final String APPLICATION = "(?s)<applicationMonitor[^>]*/>\\s*<webApplication[^>]*/>";
    private static final String DROPPED_IN = "<applicationMonitor dropinsEnabled=\"true\" updateTrigger=\"mbean\"/>"
            + "<applicationManager autoExpand=\"true\"/>";

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        if (!"liberty".equals(System.getProperty("notification.server"))) {
            return;
        }
        try {
            Path users = Files.createTempDirectory(
                    Files.createDirectories(Path.of(System.getProperty("notification.test.directory"))), "liberty");
            int port = ServerAddress.free().port();
            // Arquillian looks for its server by this name among all that run on the machine.
            String name = "arquillian-" + port;
            configure(Files.createDirectories(users.resolve("servers").resolve(name)), port);
            System.setProperty("arquillian.liberty.server", name);
            System.setProperty("arquillian.liberty.directory", users.toString());
            System.setProperty("arquillian.liberty.port", String.valueOf(port));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void configure(Path server, int port) throws IOException {
        String shipped = Files.readString(OpenLiberty.SERVER_XML);
        String changed = shipped.replaceFirst(APPLICATION, DROPPED_IN);
        if (changed.equals(shipped)) {
            throw new IllegalStateException("the application was not found in " + OpenLiberty.SERVER_XML);
        }
        Files.writeString(server.resolve("server.xml"), changed);
        Files.copy(OpenLiberty.USERS_XML, server.resolve("users.xml"));
        Files.write(
                server.resolve("bootstrap.properties"),
                List.of("http.port=" + port, "users.driver=" + System.getProperty("liberty.demo.users")));
    }
}
