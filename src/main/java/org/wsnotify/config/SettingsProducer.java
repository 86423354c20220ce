package org.wsnotify.config;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/** Reads the settings from MicroProfile Config: system properties, environment variables, files and profiles. */
@ApplicationScoped
public class SettingsProducer {

    private static final System.Logger LOG = System.getLogger(SettingsProducer.class.getName());

    @Produces
    @Singleton
    Settings settings() {
        Config config = ConfigProvider.getConfig();
        StreamSupport.stream(config.getPropertyNames().spliterator(), false)
                .filter(name -> name.startsWith(Setting.PREFIX) && !Setting.isKnown(name))
                .forEach(name -> LOG.log(System.Logger.Level.WARNING, "there is no setting {0}; it is ignored", name));
        return SettingsException.told(() -> Settings.read(name -> valueOf(config, name)));
    }

    private static Optional<String> valueOf(Config config, String name) {
        return config.getOptionalValue(name, String.class);
    }
}
