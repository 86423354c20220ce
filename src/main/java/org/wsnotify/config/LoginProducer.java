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
 * Logs in against the users table of the DataSource {@code jdbc/security}, unless an installer brings an {@link
 * Authenticator} of his own as a CDI {@code @Alternative} with a priority. Only the demo writes users, and only into a
 * database that is made to be thrown away: into that DataSource, or where there is none into the one that Payara
 * brings; Open Liberty brings none, its users.xml has one in memory under our name.
 *
 * <p>The DataSource is looked up and not injected: a WAR without any setting must start where there is none. It is not
 * defined in the WAR either: Payara's {@code /metrics} fails as long as there is a pool that an application defines.
 */
@ApplicationScoped
public class LoginProducer {

    private static final System.Logger LOG = System.getLogger(LoginProducer.class.getName());
    private static final String USERS = "jdbc/security";
    private static final String OF_THE_SERVER = "java:comp/DefaultDataSource";
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
        Optional<DataSource> ofTheServer = settings.demo() ? lookup(OF_THE_SERVER) : Optional.empty();
        if (ofTheServer.isPresent() && fill(ofTheServer.get(), table)) {
            return new JdbcAuthenticator(ofTheServer.get(), table, clock);
        }
        LOG.log(System.Logger.Level.WARNING, "nobody can log in: {0}", NOBODY);
        return new NobodyAuthenticator(NOBODY);
    }

    private boolean fill(DataSource users, JdbcLoginSettings table) {
        return new DemoUsers(users, table).fill(settings.demoExtraUsers());
    }

    @SuppressWarnings("BanJNDI") // both names are ours
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
