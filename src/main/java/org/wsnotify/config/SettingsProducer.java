package org.wsnotify.config;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.wsnotify.http.ApiKey;

/**
 * Reads the settings from MicroProfile Config: system properties, environment variables, files and profiles. Values are
 * literal: META-INF/microprofile-config.properties disables the expansion of {@code ${...}}.
 */
@ApplicationScoped
public class SettingsProducer {

    private static final System.Logger LOG = System.getLogger(SettingsProducer.class.getName());

    @Inject
    StartFaults faults;

    @Produces
    @Singleton
    Settings settings() {
        Config config = ConfigProvider.getConfig();
        warnOfUnknownNames(config);
        Settings settings = faults.noting(
                () -> Settings.read(name -> valueOf(config, name)), () -> Settings.read(name -> Optional.empty()));
        warnOfWeakKeys(settings.publishing().apiKeys());
        return settings;
    }

    static void warnOfWeakKeys(List<ApiKey> keys) {
        long weak = keys.stream().filter(ApiKey::isWeak).count();
        if (weak > 0) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "{0}: {1} of {2} keys have fewer than 128 bits and may be guessed; "
                            + "make them with openssl rand -hex 32",
                    Setting.API_KEYS.key(),
                    weak,
                    keys.size());
        }
    }

    /** Returns the raw value: Payara Micro sometimes expands values although that is disabled. */
    private static Optional<String> valueOf(Config config, String name) {
        return Optional.ofNullable(config.getConfigValue(name).getRawValue());
    }

    /** Warns once for each name: some servers list an environment variable as a property too. */
    private static void warnOfUnknownNames(Config config) {
        Map<String, String> unknown = new TreeMap<>();
        Stream.concat(
                        System.getenv().keySet().stream(),
                        StreamSupport.stream(config.getPropertyNames().spliterator(), false))
                .filter(Setting::isUnknown)
                .forEach(name -> unknown.putIfAbsent(Setting.plain(name), name));
        unknown.values().forEach(name -> LOG.log(System.Logger.Level.WARNING, warning(name)));
    }

    private static String warning(String name) {
        return "there is no setting " + name + ", it is ignored"
                + Setting.nearest(name)
                        .map(setting -> ": did you mean " + setting.key() + "?")
                        .orElse("");
    }
}
