package org.wsnotify.jdbc;

import java.io.IOException;
import java.sql.SQLException;
import java.util.Set;

/** What an exception of the users' database means, in words for the log that contain nothing the client sent. */
final class SqlFailure {

    /**
     * Two, three or more collations that do not mix; a value that is invalid for the column; text that the character
     * set of the column lacks (MySQL and MariaDB).
     */
    private static final Set<Integer> MYSQL_TEXT_ERRORS = Set.of(1267, 1270, 1271, 1366, 1977, 3854);

    private static final int MAX_CAUSES = 20;
    private static final int MAX_CHARACTERS = 200;

    private SqlFailure() {}

    /**
     * Whether a query failed because of the login: text that the column's character set or type does not have. In the
     * SQL standard this is class 22; MySQL and MariaDB have their own codes.
     */
    static boolean isCausedByText(SQLException e) {
        String state = String.valueOf(e.getSQLState());
        return state.startsWith("22") || (state.equals("HY000") && MYSQL_TEXT_ERRORS.contains(e.getErrorCode()));
    }

    /** Returns the codes of a failure. */
    static String codes(SQLException e) {
        return "SQL state " + e.getSQLState() + ", code " + e.getErrorCode();
    }

    /** Returns the innermost cause. Omits the message of the database: it may contain what the client sent. */
    static String cause(SQLException e) {
        Throwable cause = e;
        for (int depth = 0; cause.getCause() != null && depth < MAX_CAUSES; depth++) {
            cause = cause.getCause();
        }
        String name = cause.getClass().getName();
        return cause instanceof IOException ? name + ": " + oneLine(cause.getMessage()) : name;
    }

    private static String oneLine(String message) {
        String line = String.valueOf(message).replaceAll("\\p{C}+", " ");
        return line.substring(0, Math.min(line.length(), MAX_CHARACTERS));
    }
}
