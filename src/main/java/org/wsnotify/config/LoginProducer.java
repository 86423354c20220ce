package org.wsnotify.config;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import javax.sql.DataSource;
import org.wsnotify.jdbc.DemoUsers;
import org.wsnotify.jdbc.JdbcAuthenticator;
import org.wsnotify.jdbc.JdbcLoginSettings;
import org.wsnotify.login.Authenticator;
import org.wsnotify.login.FailureLimit;
import org.wsnotify.login.LoginLimits;
import org.wsnotify.login.LoginService;
import org.wsnotify.password.PasswordFormat;

/**
 * Logs in against the users table of the DataSource {@code jdbc/security}, unless an installer brings an {@link Authenticator} of his own as a
 * CDI {@code @Alternative} with a priority.
 */
@ApplicationScoped
public class LoginProducer {

    private static final Duration WINDOW = Duration.ofMinutes(5);

    @Inject
    Settings settings;

    @Resource(name = "jdbc/security")
    DataSource dataSource;

    @Produces
    @Singleton
    Authenticator authenticator(Clock clock) {
        JdbcLoginSettings table = table();
        if (settings.demo()) {
            new DemoUsers(dataSource, table).fill(settings.demoExtraUsers());
        }
        return new JdbcAuthenticator(dataSource, table, clock);
    }

    @Produces
    @Singleton
    LoginService logins(Authenticator authenticator, Clock clock) {
        LoginLimits defaults = LoginLimits.defaults();
        Settings.Login login = settings.login();
        return new LoginService(
                authenticator,
                new LoginLimits(
                        login.checks(),
                        defaults.checksWaiting(),
                        defaults.longestWait(),
                        limit(defaults.perPair(), login.failures()),
                        limit(defaults.perAddress(), login.addressFailures()),
                        defaults.perLogin(),
                        defaults.mostTracked()),
                clock);
    }

    private static FailureLimit limit(FailureLimit standard, int most) {
        return new FailureLimit(
                most, WINDOW, Math.min(standard.unslowed(), most), standard.firstDelay(), standard.longestDelay());
    }

    private JdbcLoginSettings table() {
        Settings.Login login = settings.login();
        try {
            return new JdbcLoginSettings(
                    login.table(),
                    login.idColumn(),
                    login.loginColumn(),
                    login.passwordColumn(),
                    PasswordFormat.of(login.passwordFormat()));
        } catch (IllegalArgumentException e) {
            throw new SettingsException("A login setting cannot work: " + e.getMessage() + ".");
        }
    }
}
