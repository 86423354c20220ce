package org.wsnotify.jdbc;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/**
 * The query for the rows of a login.
 *
 * <p>Each call takes a connection of the DataSource and returns it at the end. The DataSource alone limits how long a
 * connection takes to get. Safe for use by many threads.
 */
final class UserQuery {
    private static final Logger LOG = System.getLogger(UserQuery.class.getName());

    static final int TIMEOUT_SECONDS = 5;
    static final int SILENCE_MILLIS = 8000;

    /** Two rows are enough to refuse a login. */
    private static final int MAX_ROWS = 2;

    /** A login that every column can be compared with. */
    private static final String HARMLESS_LOGIN = "0";

    private final DataSource dataSource;
    private final String idColumn;
    private final String sql;

    UserQuery(DataSource dataSource, JdbcLoginSettings settings) {
        this.dataSource = dataSource;
        this.idColumn = settings.idColumn();
        this.sql = "SELECT " + settings.idColumn() + ", " + settings.passwordColumn() + ", " + settings.loginColumn()
                + " FROM " + settings.table() + " WHERE " + settings.loginColumn() + " = ?";
    }

    /** Returns the users with this login, at most two. */
    List<UserRow> find(String login) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            limitSilence(connection);
            return find(connection, login);
        }
    }

    /** Whether the query works with another login. */
    boolean works() {
        try {
            find(HARMLESS_LOGIN);
            return true;
        } catch (SQLException e) {
            return false;
        }
    }

    /** The pool keeps the limit with the connection, so its own check of an idle connection ends as well. */
    private static void limitSilence(Connection connection) throws SQLException {
        try {
            connection.setNetworkTimeout(Runnable::run, SILENCE_MILLIS);
        } catch (SQLFeatureNotSupportedException e) {
            LOG.log(Level.DEBUG, "the driver of the users' database supports no network timeout");
        }
    }

    private List<UserRow> find(Connection connection, String login) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setQueryTimeout(TIMEOUT_SECONDS);
            statement.setMaxRows(MAX_ROWS);
            statement.setString(1, login);
            try (ResultSet rows = statement.executeQuery()) {
                List<UserRow> users = new ArrayList<>(1);
                while (rows.next()) {
                    if (UserRow.hasLogin(rows, login)) {
                        users.add(UserRow.of(rows, idColumn));
                    }
                }
                return users;
            }
        }
    }
}
