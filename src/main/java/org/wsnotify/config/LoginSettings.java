package org.wsnotify.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.wsnotify.jdbc.JdbcLoginSettings;
import org.wsnotify.login.CheckLimits;
import org.wsnotify.login.LoginLimits;
import org.wsnotify.password.PasswordFormat;
import org.wsnotify.token.TokenRules;

/**
 * How users log in.
 *
 * @param tokens which tokens are accepted
 * @param jar the installer's own login; empty: the users' table
 */
record LoginSettings(TokenRules tokens, Optional<Path> jar, JdbcLoginSettings table, LoginLimits limits) {

    private static final int MAX_FAILURES = 1_000_000;

    static LoginSettings read(SettingsReader reader) {
        return new LoginSettings(
                TokenSettings.read(reader),
                reader.given(Setting.LOGIN_JAR).map(given -> reader.path(Setting.LOGIN_JAR)),
                table(reader),
                limits(reader));
    }

    private static JdbcLoginSettings table(SettingsReader reader) {
        return new JdbcLoginSettings(
                reader.text(Setting.LOGIN_TABLE, JdbcLoginSettings::isTable, "is not " + JdbcLoginSettings.TABLE_RULE),
                column(reader, Setting.LOGIN_ID),
                column(reader, Setting.LOGIN_LOGIN),
                column(reader, Setting.LOGIN_PASSWORD),
                reader.choice(Setting.LOGIN_FORMAT, PasswordFormat.class));
    }

    private static String column(SettingsReader reader, Setting setting) {
        return reader.text(setting, JdbcLoginSettings::isColumn, "is not " + JdbcLoginSettings.COLUMN_RULE);
    }

    private static LoginLimits limits(SettingsReader reader) {
        int perPair = reader.number(Setting.LOGIN_FAILURES, 1, MAX_FAILURES);
        int perAddress = reader.number(Setting.LOGIN_ADDRESS_FAILURES, 1, MAX_FAILURES);
        CheckLimits checks = CheckLimits.DEFAULTS.with(
                reader.number(Setting.LOGIN_CHECKS, 1, 64),
                reader.duration(Setting.LOGIN_TIMEOUT, Duration.ofMillis(100), Duration.ofMinutes(5)));
        return LoginLimits.DEFAULTS.withFailures(perPair, perAddress).withChecks(checks);
    }
}
