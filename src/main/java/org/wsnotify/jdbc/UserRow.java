package org.wsnotify.jdbc;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import org.wsnotify.login.LoginUnavailableException;

/**
 * A user in the result of {@link UserQuery}: columns 1 to 3 are the id, the password and the login.
 *
 * <p>A number is read as its value, whatever the format of the column: {@code 00042} of a ZEROFILL column and
 * {@code 42.00} of a DECIMAL one are the user {@code 42}, as publishers write it.
 *
 * @param id null if the row has none
 * @param password null if the row has none
 */
record UserRow(String id, String password) {
    private static final int ID = 1;
    private static final int PASSWORD = 2;
    private static final int LOGIN = 3;

    /**
     * Reads the current row.
     *
     * @throws LoginUnavailableException the id is binary, so publishers cannot name it
     */
    static UserRow of(ResultSet row, String idColumn) throws SQLException {
        ResultSetMetaData columns = row.getMetaData();
        if (isBinary(columns.getColumnType(ID))) {
            throw new LoginUnavailableException(
                    "the column " + idColumn + " is binary, but publishers name users by text: set"
                            + " notification.login.id-column to a column of text or numbers, for example of a view");
        }
        return new UserRow(text(row, columns, ID), row.getString(PASSWORD));
    }

    /**
     * Whether the row has exactly this login. A database may compare text with a numeric column by value: 42, 042 and
     * 42abc find the same user. Only the plain number is accepted; otherwise the failed logins of each spelling would
     * be counted separately.
     */
    static boolean hasLogin(ResultSet row, String login) throws SQLException {
        ResultSetMetaData columns = row.getMetaData();
        return !isNumber(columns.getColumnType(LOGIN)) || login.equals(text(row, columns, LOGIN));
    }

    private static String text(ResultSet row, ResultSetMetaData columns, int column) throws SQLException {
        int type = columns.getColumnType(column);
        if (isNumber(type)) {
            BigDecimal number = row.getBigDecimal(column);
            return number == null ? null : plain(number);
        }
        String text = row.getString(column);
        return text != null && (type == Types.CHAR || type == Types.NCHAR) ? text.stripTrailing() : text;
    }

    private static String plain(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }

    private static boolean isNumber(int type) {
        return switch (type) {
            case Types.TINYINT,
                    Types.SMALLINT,
                    Types.INTEGER,
                    Types.BIGINT,
                    Types.NUMERIC,
                    Types.DECIMAL,
                    Types.REAL,
                    Types.FLOAT,
                    Types.DOUBLE -> true;
            default -> false;
        };
    }

    private static boolean isBinary(int type) {
        return switch (type) {
            case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY, Types.BLOB -> true;
            default -> false;
        };
    }
}
