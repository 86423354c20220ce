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
import java.util.Set;
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
 * Finds users in a table of a relational database.
 *
 * <p>Safe for use by many threads. Each call takes a connection of the DataSource for one query of at most {@value
 * #MOST_SECONDS} seconds and gives it back before it compares the password. A database that is silent for {@value
 * #MOST_SILENCE_MILLIS} ms loses the connection, also where the DataSource sets no timeout; getting a connection is
 * bounded by the DataSource alone. A login that two rows have lets nobody in.
 */
public final class JdbcAuthenticator implements Authenticator {
    private static final Logger LOG = System.getLogger(JdbcAuthenticator.class.getName());
    private static final Duration BETWEEN_WARNINGS = Duration.ofMinutes(1);
    private static final int MOST_SECONDS = 5;
    private static final int MOST_SILENCE_MILLIS = 8000;
    /**
     * Collations that do not mix (two, three, many), a value that is none of the column's, text that the column's set
     * lacks (two servers).
     */
    private static final Set<Integer> MYSQL_TEXT_ERRORS = Set.of(1267, 1270, 1271, 1366, 1977, 3854);

    /** A login that every column can be compared with. */
    private static final String HARMLESS = "0";

    private static final int MOST_CAUSES = 20;
    private static final int MOST_CHARACTERS = 200;

    private final DataSource dataSource;
    private final JdbcLoginSettings settings;
    private final String query;
    private final Passwords passwords;
    private final RareLog ambiguous;
    private final RareLog unusable;
    private final RareLog incomparable;

    /** With the DataSource that the container has under {@code jdbc/security}. */
    public JdbcAuthenticator(DataSource dataSource, JdbcLoginSettings settings, Clock clock) {
        this.dataSource = dataSource;
        this.settings = settings;
        this.query = "SELECT " + settings.idColumn() + ", " + settings.passwordColumn() + ", " + settings.loginColumn()
                + " FROM " + settings.table() + " WHERE " + settings.loginColumn() + " = ?";
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
        passwords.matchesNothing(credentials.password());
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
            return ask(login);
        } catch (SQLException e) {
            if (isForWhatWasSent(e) && canBeAsked(HARMLESS)) {
                incomparable.tell("login refused: the database cannot compare what was sent with the column "
                        + settings.loginColumn() + " (SQL state " + e.getSQLState() + ", code " + e.getErrorCode()
                        + ")");
                return List.of();
            }
            throw unavailable(e);
        }
    }

    /**
     * Whether a query failed for the login itself: text that the column's character set or type does not have. Class 22
     * of the standard says so, and MySQL and MariaDB say it with codes of their own.
     */
    private static boolean isForWhatWasSent(SQLException e) {
        String state = String.valueOf(e.getSQLState());
        return state.startsWith("22") || (state.equals("HY000") && MYSQL_TEXT_ERRORS.contains(e.getErrorCode()));
    }

    /** Whether the query works by itself, so that what failed was for the login. */
    private boolean canBeAsked(String login) {
        try {
            ask(login);
            return true;
        } catch (SQLException e) {
            return false;
        }
    }

    private List<UserRow> ask(String login) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            limitSilence(connection);
            return find(connection, login);
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

    private List<UserRow> find(Connection connection, String login) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setQueryTimeout(MOST_SECONDS);
            statement.setMaxRows(2);
            statement.setString(1, login);
            try (ResultSet rows = statement.executeQuery()) {
                List<UserRow> users = new ArrayList<>(1);
                while (rows.next()) {
                    if (UserRow.hasLogin(rows, login)) {
                        users.add(UserRow.of(rows, settings.idColumn()));
                    }
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
