package org.wsnotify.jdbc;

import java.lang.System.Logger;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.wsnotify.login.AuthenticatedUser;
import org.wsnotify.login.Authenticator;
import org.wsnotify.login.Credentials;
import org.wsnotify.login.LoginUnavailableException;
import org.wsnotify.login.PasswordCredentials;
import org.wsnotify.login.RareLog;
import org.wsnotify.password.Passwords;
import org.wsnotify.password.UnusableHashException;

/**
 * Authenticates users by a table of a relational database.
 *
 * <p>Safe for use by many threads. Each login makes one query of at most {@value UserQuery#TIMEOUT_SECONDS} seconds,
 * and a second one if the database cannot compare the login. The connection is returned before the password is
 * compared. A database that is silent for {@value UserQuery#SILENCE_MILLIS} ms loses the connection, even if the
 * DataSource sets no timeout. A login that two rows have is refused.
 */
public final class JdbcAuthenticator implements Authenticator {
    private static final Logger LOG = System.getLogger(JdbcAuthenticator.class.getName());
    private static final Duration BETWEEN_WARNINGS = Duration.ofMinutes(1);

    private final JdbcLoginSettings settings;
    private final UserQuery query;
    private final Passwords passwords;
    private final RareLog ambiguous;
    private final RareLog unusable;
    private final RareLog incomparable;

    /** @param dataSource the container's, {@code jdbc/security} */
    public JdbcAuthenticator(DataSource dataSource, JdbcLoginSettings settings, Clock clock) {
        this.settings = settings;
        this.query = new UserQuery(dataSource, settings);
        this.passwords = new Passwords(settings.passwordFormat());
        this.ambiguous = new RareLog(LOG, BETWEEN_WARNINGS, clock);
        this.unusable = new RareLog(LOG, BETWEEN_WARNINGS, clock);
        this.incomparable = new RareLog(LOG, BETWEEN_WARNINGS, clock);
    }

    @Override
    public Optional<AuthenticatedUser> authenticate(Credentials credentials) {
        return credentials instanceof PasswordCredentials given ? authenticate(given) : Optional.empty();
    }

    private Optional<AuthenticatedUser> authenticate(PasswordCredentials credentials) {
        List<UserRow> users = find(credentials.login());
        if (users.size() == 1 && users.get(0).password() != null) {
            return check(users.get(0), credentials.password());
        }
        passwords.compareWithDummy(credentials.password());
        if (users.size() > 1) {
            ambiguous.tell("login refused: two rows of the table " + settings.table() + " have the same "
                    + settings.loginColumn());
        }
        return Optional.empty();
    }

    private Optional<AuthenticatedUser> check(UserRow user, String given) {
        try {
            if (!passwords.matches(given, user.password())) {
                return Optional.empty();
            }
        } catch (UnusableHashException e) {
            unusable.tell("login refused: " + e.getMessage());
            return Optional.empty();
        }
        if (user.id() == null || user.id().isBlank()) {
            throw new LoginUnavailableException(
                    "a user has no " + settings.idColumn() + " in the table " + settings.table());
        }
        return Optional.of(AuthenticatedUser.of(user.id()));
    }

    @Override
    public String description() {
        return "the database table " + settings.table();
    }

    private List<UserRow> find(String login) {
        try {
            return query.find(login);
        } catch (SQLException e) {
            if (SqlFailure.isCausedByText(e) && query.works()) {
                incomparable.tell("login refused: the database cannot compare what was sent with the column "
                        + settings.loginColumn() + " (" + SqlFailure.codes(e) + ")");
                return List.of();
            }
            throw unavailable(e);
        }
    }

    private LoginUnavailableException unavailable(SQLException e) {
        return new LoginUnavailableException(
                "the users' database did not answer (" + SqlFailure.codes(e) + ", " + SqlFailure.cause(e)
                        + "): check the DataSource jdbc/security of the server, and that it has the table "
                        + settings.table() + " with the columns " + settings.idColumn() + ", " + settings.loginColumn()
                        + ", " + settings.passwordColumn() + " (settings notification.login.*)",
                e);
    }
}
