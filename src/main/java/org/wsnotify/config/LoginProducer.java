package org.wsnotify.config;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;
import org.wsnotify.jdbc.DemoUsers;
import org.wsnotify.jdbc.JdbcAuthenticator;
import org.wsnotify.jdbc.JdbcLoginSettings;
import org.wsnotify.login.Authenticator;
import org.wsnotify.login.LoginService;
import org.wsnotify.login.NobodyAuthenticator;

/**
 * Creates the authenticator: the one in the installer's jar, or the users' table in the DataSource {@code
 * jdbc/security}.
 *
 * <p>Only the demo writes users, and only into a database that is meant to be thrown away. If there is no {@code
 * jdbc/security}, the demo uses the default DataSource that Payara brings. Open Liberty brings none; its users.xml
 * defines {@code jdbc/security} in memory.
 *
 * <p>The DataSource is looked up and not injected, because a WAR without any setting must start without one. It is not
 * defined in the WAR, because {@code /metrics} of Payara fails as long as an application defines a pool.
 */
@ApplicationScoped
public class LoginProducer {

    private static final System.Logger LOG = System.getLogger(LoginProducer.class.getName());
    private static final String USERS = "jdbc/security";
    private static final String DEFAULT_OF_THE_SERVER = "java:comp/DefaultDataSource";
    private static final String NOBODY =
            "the server has no DataSource jdbc/security with the users; docs/login.md says how to configure it";

    @Inject
    Settings settings;

    @Inject
    StartFaults faults;

    @Produces
    @Singleton
    Authenticator authenticator(Clock clock) {
        return faults.unlessAny(() -> chosen(clock), () -> new NobodyAuthenticator("the server did not start"));
    }

    private Authenticator chosen(Clock clock) {
        return settings.login()
                .jar()
                .map(jar -> new LoginJar(jar).load())
                .orElseGet(() -> found(settings.login().table(), clock));
    }

    private Authenticator found(JdbcLoginSettings table, Clock clock) {
        Optional<DataSource> configured = lookup(USERS);
        if (configured.isPresent()) {
            if (settings.demo()) {
                fill(configured.get(), table);
            }
            return new JdbcAuthenticator(configured.get(), table, clock);
        }
        Optional<DataSource> ofTheServer = settings.demo() ? lookup(DEFAULT_OF_THE_SERVER) : Optional.empty();
        if (ofTheServer.isPresent() && fill(ofTheServer.get(), table)) {
            return new JdbcAuthenticator(ofTheServer.get(), table, clock);
        }
        LOG.log(System.Logger.Level.WARNING, "nobody can log in: {0}", NOBODY);
        return new NobodyAuthenticator(NOBODY);
    }

    private boolean fill(DataSource users, JdbcLoginSettings table) {
        return new DemoUsers(users, table).fill(settings.demoExtraUsers());
    }

    @SuppressWarnings("BanJNDI") // both names are constants
    private static Optional<DataSource> lookup(String name) {
        try {
            return Optional.of(InitialContext.doLookup(name));
        } catch (NamingException e) {
            return Optional.empty();
        }
    }

    @Produces
    @Singleton
    LoginService logins(Authenticator authenticator, Clock clock, Threads threads) {
        return new LoginService(authenticator, settings.login().limits(), clock, threads.checks());
    }
}
