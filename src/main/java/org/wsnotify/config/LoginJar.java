package org.wsnotify.config;

import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.wsnotify.login.Authenticator;

/**
 * Loads the {@link Authenticator} of an installer from a jar beside the WAR, as a {@link ServiceLoader} does.
 *
 * <p>The servers cannot load it for us: their own folders for libraries belong to a class loader above the WAR, which
 * does not see the interface. So the jar has a class loader below the WAR's, for as long as the application lives.
 */
final class LoginJar {

    private static final String SERVICE = "META-INF/services/" + Authenticator.class.getName();

    private final Path jar;

    LoginJar(Path jar) {
        this.jar = jar;
    }

    /**
     * Creates the authenticator.
     *
     * @throws SettingsException the jar does not have exactly one that can be created
     */
    Authenticator load() {
        if (!Files.isRegularFile(jar)) {
            throw fault("there is no such file");
        }
        try {
            Authenticator authenticator = only(providers()).get();
            Objects.requireNonNull(authenticator.description(), "its description is null");
            return authenticator;
        } catch (SettingsException e) {
            throw e;
        } catch (RuntimeException | ServiceConfigurationError | LinkageError e) { // it is foreign code
            throw fault(reason(e));
        }
    }

    private List<ServiceLoader.Provider<Authenticator>> providers() {
        ClassLoader loader = new URLClassLoader("login-jar", new URL[] {url()}, LoginJar.class.getClassLoader());
        return ServiceLoader.load(Authenticator.class, loader).stream().toList();
    }

    private URL url() {
        try {
            return jar.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalStateException("every file has a URL", e);
        }
    }

    private ServiceLoader.Provider<Authenticator> only(List<ServiceLoader.Provider<Authenticator>> providers) {
        if (providers.size() != 1) {
            throw fault(SERVICE + " must name one class, but names " + providers.size());
        }
        return providers.get(0);
    }

    private SettingsException fault(String reason) {
        return new SettingsException(
                "The setting " + Setting.LOGIN_JAR.key() + "=" + jar + " cannot work: " + reason + ".");
    }

    private static String reason(Throwable e) {
        String reason = e.getCause() == null ? e.toString() : e.getMessage() + ": " + e.getCause();
        return reason.replaceAll("\\p{Cntrl}+", " ");
    }
}
