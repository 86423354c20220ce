package org.wsnotify.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mysql.cj.jdbc.MysqlDataSource;
import java.time.Clock;
import java.util.Optional;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.wsnotify.login.AuthenticatedUser;
import org.wsnotify.login.Authenticator;
import org.wsnotify.login.LoggedLines;
import org.wsnotify.login.LoginUnavailableException;
import org.wsnotify.login.PasswordCredentials;
import org.wsnotify.password.NewHash;
import org.wsnotify.password.PasswordFormat;

class JdbcAuthenticatorIT {
    /** The SHA-512 of "secret" in hex: what a client of the earlier server sends, and what its table holds. */
    private static final String SHA_512 = "bd2b1aaf7ef4f09be9f52ce2d8d599674d81aa9d6a4421696dc4d93dd0619d68"
            + "2ce56b4d64a9ef097761ced99e0f67265b5f76085e5b0ee7ca4696b2ad6fe2b2";

    private static MariaDbServer mariaDb;

    private final LoggedLines log = new LoggedLines(JdbcAuthenticator.class);

    @BeforeAll
    static void start() {
        mariaDb = MariaDbServer.startOrSkip();
        mariaDb.execute(
                "CREATE TABLE user (id INT PRIMARY KEY, login VARCHAR(100) NOT NULL, password VARCHAR(255))",
                "INSERT INTO user VALUES (1, 'anna', '" + NewHash.bcrypt("secret") + "'), (2, 'ben', '" + SHA_512
                        + "'),"
                        + " (3, 'twin', 'x'), (4, 'twin', 'x'), (5, 'nopassword', NULL), (6, 'jürgen 🔔', '"
                        + NewHash.quick("Käse") + "')",
                "CREATE TABLE strict (id VARCHAR(20), login VARCHAR(100) COLLATE utf8mb4_bin, password VARCHAR(255))",
                "INSERT INTO strict VALUES ('a-7', 'Anna', '" + NewHash.quick("secret") + "'), (NULL, 'noid', '"
                        + NewHash.quick("secret") + "')",
                "CREATE TABLE numbered (filled INT(8) ZEROFILL, amount DECIMAL(10,2), kind FLOAT, bin VARBINARY(16),"
                        + " login INT(6) ZEROFILL, password VARCHAR(255))",
                "INSERT INTO numbered VALUES (42, 4200.00, 7, 'x', 17, 'pw')",
                "CREATE TABLE narrow (id CHAR(8), login VARCHAR(100) CHARACTER SET latin1 COLLATE latin1_german1_ci,"
                        + " password VARCHAR(255))",
                "INSERT INTO narrow VALUES ('n-1', 'anna', 'pw')");
    }

    @AfterAll
    static void stop() {
        if (mariaDb != null) {
            mariaDb.close();
        }
    }

    @AfterEach
    void stopCatching() {
        log.close();
    }

    private static JdbcLoginSettings users(String table, PasswordFormat format) {
        return new JdbcLoginSettings(table, "id", "login", "password", format);
    }

    private static JdbcAuthenticator authenticator(DataSource dataSource, JdbcLoginSettings settings) {
        return new JdbcAuthenticator(dataSource, settings, Clock.systemUTC());
    }

    private static Optional<String> login(String login, String password) {
        return login(authenticator(mariaDb.dataSource(), users("user", PasswordFormat.AUTO)), login, password);
    }

    private static Optional<String> login(Authenticator authenticator, String login, String password) {
        return authenticator
                .authenticate(new PasswordCredentials(login, password))
                .map(AuthenticatedUser::id);
    }

    @Test
    void numericIdIsAnsweredAsText() {
        assertThat(login("anna", "secret")).contains("1");
    }

    @Test
    void wrongPasswordAndUnknownLoginAreAnsweredAlike() {
        assertThat(login("anna", "Secret")).isEmpty();
        assertThat(login("nobody", "secret")).isEmpty();
        assertThat(login("nopassword", "secret")).isEmpty();
        assertThat(login("nopassword", "")).isEmpty();
        assertThat(log.lines()).isEmpty();
    }

    @Test
    void loginAndPasswordMayBeAnyText() {
        assertThat(login("jürgen 🔔", "Käse")).contains("6");
        assertThat(login("x' OR '1'='1", "secret")).isEmpty();
        assertThat(login("anna\0", "secret")).isEmpty();
    }

    @Test
    void plainAcceptsTheSha512ThatTheClientSends() {
        JdbcAuthenticator plain = authenticator(mariaDb.dataSource(), users("user", PasswordFormat.PLAIN));

        assertThat(login(plain, "ben", SHA_512)).contains("2");
        assertThat(login(plain, "ben", "secret")).isEmpty();
    }

    @Test
    void unknownFormatIsRefusedAndTheLogNamesTheSetting() {
        assertThat(login("ben", SHA_512)).isEmpty();
        assertThat(log.lines())
                .singleElement()
                .asString()
                .contains("notification.login.password-format=plain")
                .doesNotContain("bd2b1aaf", "ben");
    }

    @Test
    void loginOfTwoRowsIsRefusedAndLogged() {
        JdbcAuthenticator plain = authenticator(mariaDb.dataSource(), users("user", PasswordFormat.PLAIN));

        assertThat(login(plain, "twin", "x")).isEmpty();
        assertThat(log.lines()).singleElement().asString().contains("two rows").doesNotContain("twin");
    }

    @Test
    void collationOfTheColumnDecidesWhetherCaseMatters() {
        assertThat(login("ANNA", "secret")).contains("1");

        JdbcAuthenticator strict =
                authenticator(mariaDb.dataSource(), users(MariaDbServer.DATABASE + ".strict", PasswordFormat.AUTO));
        assertThat(login(strict, "Anna", "secret")).contains("a-7");
        assertThat(login(strict, "anna", "secret")).isEmpty();
    }

    @Test
    void userWithoutAnIdIsReportedAsUnavailable() {
        JdbcAuthenticator strict = authenticator(mariaDb.dataSource(), users("strict", PasswordFormat.AUTO));

        assertThatThrownBy(() -> login(strict, "noid", "secret"))
                .isInstanceOf(LoginUnavailableException.class)
                .hasMessageContaining("no id");
    }

    @Test
    void missingTableNamesTheSettingsToChange() {
        JdbcAuthenticator missing = authenticator(mariaDb.dataSource(), users("people", PasswordFormat.AUTO));

        assertThatThrownBy(() -> login(missing, "anna", "secret"))
                .isInstanceOf(LoginUnavailableException.class)
                .hasMessageContainingAll("jdbc/security", "table people", "notification.login", "42S02")
                .hasMessageNotContaining("anna");
    }

    @Test
    void refusedConnectionNamesTheDataSourceAndNoSecret() {
        MysqlDataSource wrong = new MysqlDataSource();
        wrong.setUrl(mariaDb.url());
        wrong.setUser("app");
        wrong.setPassword("not-the-word");

        assertThatThrownBy(() -> authenticator(wrong, users("user", PasswordFormat.AUTO))
                        .authenticate(new PasswordCredentials("anna", "secret")))
                .isInstanceOf(LoginUnavailableException.class)
                .hasMessageContaining("DataSource jdbc/security")
                .hasMessageNotContainingAny("not-the-word", "anna", "secret");
    }

    private static Optional<String> numbered(String idColumn, String login) {
        JdbcLoginSettings settings =
                new JdbcLoginSettings("numbered", idColumn, "login", "password", PasswordFormat.PLAIN);
        return login(authenticator(mariaDb.dataSource(), settings), login, "pw");
    }

    @Test
    void numberIsReadAsItsValueInAnyColumnFormat() {
        assertThat(numbered("filled", "17")).contains("42");
        assertThat(numbered("amount", "17")).contains("4200");
        assertThat(numbered("kind", "17")).contains("7");
    }

    @Test
    void loginOfANumericColumnHasOneSpelling() {
        assertThat(numbered("filled", "17")).contains("42");
        for (String other : new String[] {"017", "000017", "17.0", "17abc", " 17", "1.7e1", "+17", "17\0"}) {
            assertThat(numbered("filled", other)).as(other).isEmpty();
        }
    }

    @Test
    void binaryIdIsRefusedAndNamesTheSetting() {
        assertThatThrownBy(() -> numbered("bin", "17"))
                .isInstanceOf(LoginUnavailableException.class)
                .hasMessageContainingAll("column bin is binary", "notification.login.id-column");
    }

    @Test
    void loginThatTheColumnCannotHoldIsAFailedLogin() {
        JdbcAuthenticator narrow = authenticator(mariaDb.dataSource(), users("narrow", PasswordFormat.PLAIN));

        assertThat(login(narrow, "anna", "pw")).contains("n-1");
        assertThat(login(narrow, "anna 🔔", "pw")).isEmpty();
        assertThat(login(narrow, "Ωmega", "pw")).isEmpty();
        assertThat(log.lines())
                .allSatisfy(line -> assertThat(line)
                        .contains("cannot compare what was sent with the column login")
                        .doesNotContain("mega", "anna"));
    }

    @Test
    void demoUsersAreNeverWrittenIntoARealDatabase() {
        JdbcLoginSettings settings = users("user", PasswordFormat.AUTO);

        assertThat(new DemoUsers(mariaDb.dataSource(), settings).fill(3)).isFalse();
        assertThat(login("alice", "alice")).isEmpty();
        assertThat(login("u1", "pw")).isEmpty();
    }
}
