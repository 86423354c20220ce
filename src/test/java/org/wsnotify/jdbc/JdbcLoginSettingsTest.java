package org.wsnotify.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.wsnotify.password.PasswordFormat;

class JdbcLoginSettingsTest {

    @Test
    void tableMayHaveASchema() {
        assertThat(new JdbcLoginSettings("app.users", "id", "e_mail", "Password2", PasswordFormat.AUTO).table())
                .isEqualTo("app.users");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "users; DROP TABLE x", "a.b.c", "`users`", "1users", "üsers", "users\n", "a-b", "."})
    void invalidTableIsRefusedAndNamesTheSetting(String table) {
        assertThatThrownBy(() -> new JdbcLoginSettings(table, "id", "login", "password", PasswordFormat.AUTO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("notification.login.table must be");
    }

    @Test
    void invalidColumnIsRefusedAndNamesTheSetting() {
        assertThatThrownBy(() -> new JdbcLoginSettings("users", "u.id", "login", "password", PasswordFormat.AUTO))
                .hasMessageStartingWith("notification.login.id-column must be");
        assertThatThrownBy(() -> new JdbcLoginSettings("users", "id", "1", "password", PasswordFormat.AUTO))
                .hasMessageStartingWith("notification.login.login-column must be");
        assertThatThrownBy(() -> new JdbcLoginSettings("users", "id", "login", "pass word", PasswordFormat.AUTO))
                .hasMessageStartingWith("notification.login.password-column must be");
    }
}
