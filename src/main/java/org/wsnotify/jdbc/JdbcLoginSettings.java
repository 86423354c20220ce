package org.wsnotify.jdbc;

import java.util.regex.Pattern;
import org.wsnotify.password.PasswordFormat;

/**
 * The table of the users. Immutable.
 *
 * @param table the table or view; may begin with a schema and a dot
 * @param idColumn the id by which publishers name the user
 * @param loginColumn what the user types; the column's collation decides whether case matters
 * @param passwordColumn the password or its hash
 * @param passwordFormat how passwords are stored in that column
 */
public record JdbcLoginSettings(
        String table, String idColumn, String loginColumn, String passwordColumn, PasswordFormat passwordFormat) {

    /** What the name of a table must be. */
    public static final String TABLE_RULE = "a name of letters, digits and _, optionally after a schema and a dot";

    /** What the name of a column must be. */
    public static final String COLUMN_RULE = "a name of letters, digits and _";

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,63}");
    private static final Pattern TABLE = Pattern.compile("(?:" + NAME + "\\.)?" + NAME);

    /**
     * Checks the names, because they become part of a SQL statement.
     *
     * @throws IllegalArgumentException one of them is not a plain identifier; the message names the setting
     */
    public JdbcLoginSettings {
        check(isTable(table), "table", TABLE_RULE, table);
        check(isColumn(idColumn), "id-column", COLUMN_RULE, idColumn);
        check(isColumn(loginColumn), "login-column", COLUMN_RULE, loginColumn);
        check(isColumn(passwordColumn), "password-column", COLUMN_RULE, passwordColumn);
    }

    /** Whether a text is {@value #TABLE_RULE}. */
    public static boolean isTable(String text) {
        return TABLE.matcher(text).matches();
    }

    /** Whether a text is {@value #COLUMN_RULE}. */
    public static boolean isColumn(String text) {
        return NAME.matcher(text).matches();
    }

    private static void check(boolean valid, String setting, String rule, String value) {
        if (!valid) {
            throw new IllegalArgumentException(
                    "notification.login." + setting + " must be " + rule + ", not \"" + value + "\"");
        }
    }
}
