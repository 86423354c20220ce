package org.wsnotify.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.example.SignedTokenAuthenticator;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wsnotify.login.AuthenticatedUser;
import org.wsnotify.login.Authenticator;
import org.wsnotify.login.Credentials;
import org.wsnotify.login.PasswordCredentials;

class LoginJarTest {

    @TempDir
    Path directory;

    /** Accepts everybody. */
    public static final class OpenDoor implements Authenticator {
        @Override
        public Optional<AuthenticatedUser> authenticate(Credentials credentials) {
            return Optional.of(AuthenticatedUser.of(credentials.subject()));
        }
    }

    private Path jarNaming(String classes) throws IOException {
        Path jar = directory.resolve("login.jar");
        try (FileSystem zip = FileSystems.newFileSystem(URI.create("jar:" + jar.toUri()), Map.of("create", "true"))) {
            Path services = Files.createDirectories(zip.getPath("META-INF/services"));
            Files.writeString(services.resolve(Authenticator.class.getName()), classes);
        }
        return jar;
    }

    private static void assertRefused(Path jar, String... reasons) {
        assertThatThrownBy(() -> new LoginJar(jar).load())
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith("The setting notification.login.jar=" + jar + " cannot work: ")
                .hasMessageContainingAll(reasons)
                .hasMessageEndingWith(".");
    }

    @Test
    void classNamedByTheJarIsTheAuthenticator() throws IOException {
        Authenticator loaded = new LoginJar(jarNaming(OpenDoor.class.getName())).load();

        assertThat(loaded.authenticate(new PasswordCredentials("anna", "x"))).contains(AuthenticatedUser.of("anna"));
        assertThat(loaded.description()).isEqualTo(OpenDoor.class.getName());
    }

    @Test
    void missingJarIsRefused() {
        assertRefused(directory.resolve("none.jar"), "there is no such file");
    }

    @Test
    void jarMustNameExactlyOneClass() throws IOException {
        assertRefused(jarNaming(""), "must name one class, but names 0");
        assertRefused(
                jarNaming(OpenDoor.class.getName() + "\n" + SignedTokenAuthenticator.class.getName()),
                "must name one class, but names 2");
    }

    @Test
    void jarThatNamesAMissingClassIsRefused() throws IOException {
        assertRefused(jarNaming("com.example.Missing"), "com.example.Missing", "not found");
    }

    @Test
    void classThatCannotBeCreatedIsRefusedWithItsReason() throws IOException {
        assertRefused(
                jarNaming(SignedTokenAuthenticator.class.getName()),
                "SignedTokenAuthenticator",
                "EXAMPLE_LOGIN_SECRET is not set");
    }
}
