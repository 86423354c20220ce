package org.wsnotify.jdbc;

import java.util.regex.Pattern;
import org.wsnotify.password.PasswordFormat;

/**
 * Where users are found.
 *
 * @param table the table or view; may begin with a schema and a dot
 * @param idColumn the id by which publishers name the user
 * @param loginColumn what the user types; the column's collation says whether case counts
 * @param passwordColumn the password or its hash
 * @param passwordFormat how that column is to be read
 */
public record JdbcLoginSettings(
        String table, String idColumn, String loginColumn, String passwordColumn, PasswordFormat passwordFormat) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,63}");
    private static final Pattern TABLE = Pattern.compile("(?:" + NAME + "\\.)?" + NAME);

    /**
     * Checks the names, because they become part of a statement.
     *
     * @throws IllegalArgumentException one of them is no plain identifier; the message names the setting
     */
    public JdbcLoginSettings {
        check(TABLE, "table", table);
        check(NAME, "id-column", idColumn);
        check(NAME, "login-column", loginColumn);
        check(NAME, "password-column", passwordColumn);
    }

    private static void check(Pattern pattern, String setting, String value) {
        if (!pattern.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "notification.login." + setting + " must be a name of letters, digits and _"
                            + (pattern.equals(TABLE) ? ", optionally after a schema and a dot" : "") + ", not \""
                            + value + "\"");
        }
    }
}
