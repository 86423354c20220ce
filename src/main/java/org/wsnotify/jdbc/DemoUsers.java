package org.wsnotify.jdbc;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.wsnotify.password.NewHash;
import org.wsnotify.password.PasswordFormat;

/**
 * The users of the demo: {@code alice} and {@code bob}, whose password is their login, and for load tests {@code u1},
 * {@code u2} and so on with the password {@code pw}. Each user's id is the login.
 *
 * <p>Writes them only into a disposable H2 database, whatever the settings are: a real users' table is never changed.
 * Used once, by one thread.
 */
public final class DemoUsers {
    private static final Logger LOG = System.getLogger(DemoUsers.class.getName());
    private static final int BATCH = 1000;

    private final DataSource dataSource;
    private final JdbcLoginSettings settings;

    public DemoUsers(DataSource dataSource, JdbcLoginSettings settings) {
        this.dataSource = dataSource;
        this.settings = settings;
    }

    /**
     * Creates or updates the table and the users.
     *
     * @param extraUsers the number of users for load tests
     * @return whether the users exist; false, with a line in the log, if the database is not disposable or cannot be
     *     reached
     */
    public boolean fill(int extraUsers) {
        try (Connection connection = dataSource.getConnection()) {
            if (!isDisposable(connection.getMetaData())) {
                LOG.log(Level.INFO, "demo users not created: the database is not a disposable one");
                return false;
            }
            createTable(connection);
            insert(connection, extraUsers);
            return true;
        } catch (SQLException e) {
            LOG.log(Level.WARNING, "demo users not created: {0} (SQL state {1})", e.getMessage(), e.getSQLState());
            return false;
        }
    }

    /** Whether the database is in memory, or the one that Payara creates for each run under this name. */
    private static boolean isDisposable(DatabaseMetaData database) throws SQLException {
        String url = database.getURL();
        return "H2".equals(database.getDatabaseProductName())
                && url != null
                && (url.startsWith("jdbc:h2:mem:") || url.matches("jdbc:h2:[^;]*/embedded_default(;.*)?"));
    }

    private void createTable(Connection connection) throws SQLException {
        String columns = columns().stream()
                .map(column -> column + " VARCHAR(255) NOT NULL")
                .collect(Collectors.joining(", "));
        int dot = settings.table().indexOf('.');
        try (Statement statement = connection.createStatement()) {
            if (dot > 0) {
                statement.execute(
                        "CREATE SCHEMA IF NOT EXISTS " + settings.table().substring(0, dot));
            }
            statement.execute("CREATE TABLE IF NOT EXISTS " + settings.table() + " (" + columns + ", PRIMARY KEY ("
                    + settings.loginColumn() + "))");
        }
    }

    private void insert(Connection connection, int extraUsers) throws SQLException {
        String merge = "MERGE INTO " + settings.table() + " (" + String.join(", ", columns()) + ") KEY ("
                + settings.loginColumn() + ") VALUES ("
                + columns().stream().map(c -> "?").collect(Collectors.joining(", "))
                + ")";
        boolean plain = settings.passwordFormat() == PasswordFormat.PLAIN;
        try (PreparedStatement statement = connection.prepareStatement(merge)) {
            add(statement, "alice", plain ? "alice" : NewHash.bcrypt("alice"));
            add(statement, "bob", plain ? "bob" : NewHash.bcrypt("bob"));
            String shared = plain ? "pw" : NewHash.quick("pw");
            for (int i = 1; i <= extraUsers; i++) {
                add(statement, "u" + i, shared);
                if (i % BATCH == 0) {
                    statement.executeBatch();
                }
            }
            statement.executeBatch();
        }
    }

    /** Returns the columns without repetition: one column may be both id and login. */
    private Set<String> columns() {
        Set<String> columns = new LinkedHashSet<>();
        columns.add(settings.idColumn());
        columns.add(settings.loginColumn());
        columns.add(settings.passwordColumn());
        return columns;
    }

    private void add(PreparedStatement statement, String login, String password) throws SQLException {
        int place = 1;
        for (String column : columns()) {
            statement.setString(place++, column.equals(settings.passwordColumn()) ? password : login);
        }
        statement.addBatch();
    }
}
