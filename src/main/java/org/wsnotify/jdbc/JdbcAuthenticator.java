package org.wsnotify.jdbc;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.wsnotify.login.Authenticator;
import org.wsnotify.login.Credentials;
import org.wsnotify.login.LoginUnavailableException;
import org.wsnotify.login.RareLog;
import org.wsnotify.password.Passwords;
import org.wsnotify.password.UnusableHashException;

/**
 * Finds users in a table of a relational database.
 *
 * <p>Safe for use by many threads. Each call takes a connection of the DataSource for one query of at most {@value #MOST_SECONDS} seconds
 * and gives it back before it compares the password. A database that is silent for {@value #MOST_SILENCE_MILLIS} ms loses the connection,
 * also where the DataSource sets no timeout; getting a connection is bounded by the DataSource alone. A login that two rows have lets nobody in.
 */
public final class JdbcAuthenticator implements Authenticator {
    private static final Logger LOG = System.getLogger(JdbcAuthenticator.class.getName());
    private static final Duration BETWEEN_WARNINGS = Duration.ofMinutes(1);
    private static final int MOST_SECONDS = 5;
    private static final int MOST_SILENCE_MILLIS = 8000;
    private static final int MOST_CAUSES = 20;
    private static final int MOST_CHARACTERS = 200;

    private final DataSource dataSource;
    private final JdbcLoginSettings settings;
    private final String query;
    private final Passwords passwords;
    private final RareLog ambiguous;
    private final RareLog unusable;

    /** With the DataSource that the container has under {@code jdbc/security}. */
    public JdbcAuthenticator(DataSource dataSource, JdbcLoginSettings settings, Clock clock) {
        this.dataSource = dataSource;
        this.settings = settings;
        this.query = "SELECT " + settings.idColumn() + ", " + settings.passwordColumn() + " FROM " + settings.table()
                + " WHERE " + settings.loginColumn() + " = ?";
        this.passwords = new Passwords(settings.passwordFormat());
        this.ambiguous = new RareLog(LOG, BETWEEN_WARNINGS, clock);
        this.unusable = new RareLog(LOG, BETWEEN_WARNINGS, clock);
    }

    private record User(String id, String password) {}

    @Override
    public Optional<String> authenticate(Credentials credentials) {
        List<User> users = find(credentials.login());
        if (users.size() == 1 && users.get(0).password() != null) {
            return check(users.get(0), credentials.password());
        }
        passwords.matchesNothing(credentials.password());
        if (users.size() > 1) {
            ambiguous.tell("login refused: two rows of the table " + settings.table() + " have the same "
                    + settings.loginColumn());
        }
        return Optional.empty();
    }

    private Optional<String> check(User user, String given) {
        try {
            if (!passwords.matches(given, user.password())) {
                return Optional.empty();
            }
        } catch (UnusableHashException e) {
            unusable.tell("login refused: " + e.getMessage());
            return Optional.empty();
        }
        if (user.id() == null) {
            throw new LoginUnavailableException(
                    "a user has no " + settings.idColumn() + " in the table " + settings.table());
        }
        return Optional.of(user.id());
    }

    @Override
    public String description() {
        return "the database table " + settings.table();
    }

    private List<User> find(String login) {
        try (Connection connection = dataSource.getConnection()) {
            limitSilence(connection);
            return find(connection, login);
        } catch (SQLException e) {
            throw unavailable(e);
        }
    }

    /** The pool keeps the limit with the connection, so that its own check of an idle one ends as well. */
    private static void limitSilence(Connection connection) throws SQLException {
        try {
            connection.setNetworkTimeout(Runnable::run, MOST_SILENCE_MILLIS);
        } catch (SQLFeatureNotSupportedException e) {
            LOG.log(Level.DEBUG, "the driver of the users' database knows no network timeout");
        }
    }

    private List<User> find(Connection connection, String login) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setQueryTimeout(MOST_SECONDS);
            statement.setMaxRows(2);
            statement.setString(1, login);
            try (ResultSet rows = statement.executeQuery()) {
                List<User> users = new ArrayList<>(1);
                while (rows.next()) {
                    users.add(new User(rows.getString(1), rows.getString(2)));
                }
                return users;
            }
        }
    }

    private LoginUnavailableException unavailable(SQLException e) {
        return new LoginUnavailableException(
                "the users' database did not answer (SQL state " + e.getSQLState() + ", code " + e.getErrorCode()
                        + ", " + cause(e)
                        + "): check the DataSource jdbc/security of the server, and that it has the table "
                        + settings.table() + " with the columns " + settings.idColumn() + ", " + settings.loginColumn()
                        + ", " + settings.passwordColumn() + " (settings notification.login.*)",
                e);
    }

    /** The innermost cause. The message of the database itself is left out: it may hold what the client sent. */
    private static String cause(SQLException e) {
        Throwable cause = e;
        for (int depth = 0; cause.getCause() != null && depth < MOST_CAUSES; depth++) {
            cause = cause.getCause();
        }
        String name = cause.getClass().getName();
        return cause instanceof IOException ? name + ": " + oneLine(cause.getMessage()) : name;
    }

    private static String oneLine(String message) {
        String line = String.valueOf(message).replaceAll("\\p{C}+", " ");
        return line.substring(0, Math.min(line.length(), MOST_CHARACTERS));
    }
}
