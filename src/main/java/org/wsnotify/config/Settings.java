package org.wsnotify.config;

import java.util.Optional;
import java.util.function.Function;

/**
 * All settings, typed and checked. They are read once, at the start, and never change. {@link Setting} has their names,
 * defaults and meanings.
 *
 * @param demo whether the demo is shown
 * @param demoExtraUsers how many users the demo has for load tests
 */
public record Settings(
        StoreSettings store,
        RetentionSettings retention,
        NodeSettings node,
        PublishingSettings publishing,
        ConnectionSettings connections,
        SockJsSettings sockJs,
        MailSettings mail,
        LoginSettings login,
        boolean demo,
        int demoExtraUsers) {

    private static final int MAX_DEMO_USERS = 100_000;

    /**
     * Reads and checks all settings.
     *
     * @param source returns the value of a name, prefix included
     * @throws SettingsException names all settings that cannot work
     */
    static Settings read(Function<String, Optional<String>> source) {
        SettingsReader reader = new SettingsReader(source);
        Settings settings = new Settings(
                StoreSettings.read(reader),
                RetentionSettings.read(reader),
                NodeSettings.read(reader),
                PublishingSettings.read(reader),
                ConnectionSettings.read(reader),
                SockJsSettings.read(reader),
                MailSettings.read(reader),
                LoginSettings.read(reader),
                reader.flag(Setting.DEMO),
                reader.number(Setting.DEMO_EXTRA_USERS, 0, MAX_DEMO_USERS));
        reader.check();
        return settings;
    }
}
