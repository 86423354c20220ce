package org.wsnotify.config;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
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
import org.wsnotify.login.TokenIssuer;
import org.wsnotify.login.TokenOrOther;
import org.wsnotify.token.JwtIssuer;
import org.wsnotify.token.TokenAuthenticator;

/**
 * Creates the authenticator: tokens, and beside them the one in the installer's jar, or the users' table in the
 * DataSource {@code jdbc/security}.
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
            "there is neither notification.token.secret nor a DataSource jdbc/security; see docs/login.md";

    @Inject
    Settings settings;

    @Inject
    StartFaults faults;

    @Produces
    @Singleton
    Authenticator authenticator(TokenAuthenticator tokens, Clock clock) {
        return faults.unlessAny(() -> chosen(tokens, clock), () -> new NobodyAuthenticator("the server did not start"));
    }

    private Authenticator chosen(Authenticator tokens, Clock clock) {
        Optional<Authenticator> other = settings.login()
                .jar()
                .map(jar -> new LoginJar(jar).load())
                .or(() -> table(settings.login().table(), clock));
        if (other.isEmpty() && settings.login().tokens().isConfigured()) {
            return tokens;
        }
        return new TokenOrOther(tokens, other.orElseGet(LoginProducer::nobody));
    }

    private static Authenticator nobody() {
        LOG.log(System.Logger.Level.WARNING, "nobody can log in: {0}", NOBODY);
        return new NobodyAuthenticator(NOBODY);
    }

    @Produces
    @Singleton
    @Typed(TokenAuthenticator.class)
    TokenAuthenticator tokens(Clock clock) {
        return new TokenAuthenticator(settings.login().tokens(), clock);
    }

    void close(@Disposes TokenAuthenticator tokens) throws IOException {
        tokens.close();
    }

    @Produces
    @Singleton
    TokenIssuer tokenIssuer(Clock clock) {
        return new JwtIssuer(settings.login().tokens(), clock);
    }

    private Optional<Authenticator> table(JdbcLoginSettings table, Clock clock) {
        Optional<DataSource> configured = lookup(USERS);
        if (configured.isPresent()) {
            if (settings.demo()) {
                fill(configured.get(), table);
            }
            return Optional.of(new JdbcAuthenticator(configured.get(), table, clock));
        }
        Optional<DataSource> ofTheServer = settings.demo() ? lookup(DEFAULT_OF_THE_SERVER) : Optional.empty();
        if (ofTheServer.isPresent() && fill(ofTheServer.get(), table)) {
            return Optional.of(new JdbcAuthenticator(ofTheServer.get(), table, clock));
        }
        return Optional.empty();
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
