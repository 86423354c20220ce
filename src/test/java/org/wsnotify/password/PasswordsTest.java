package org.wsnotify.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The hashes were made by other software: crypt(3), Python's hashlib, the argon2 reference, OpenBSD's bcrypt. */
class PasswordsTest {
    private final Passwords auto = new Passwords(PasswordFormat.AUTO);
    private final Passwords plain = new Passwords(PasswordFormat.PLAIN);

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "U*U $2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW",
                "'correct horse' $2b$05$abcdefghijklmnopqrstuuHNbAKRhpaujgo33bRWs.NLUTJO3lOy2",
                "grün-Straße $2y$05$abcdefghijklmnopqrstuu2zhEzltqAslp8eAJifgu2Htk.rc26IG",
                "'correct horse' {bcrypt}$2b$05$abcdefghijklmnopqrstuuHNbAKRhpaujgo33bRWs.NLUTJO3lOy2",
                "password $argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
                "password $argon2id$v=19$m=256,t=2,p=2$c29tZXNhbHQ$bQk8UB/VmZZF4Oo79iDXuL5/0ttZwg2f/5U52iv1cDc",
                "password $argon2i$v=19$m=256,t=2,p=1$c29tZXNhbHQ$iekCn0Y3spW+sCcFanM2xBT63UP2sghkUoHLIUpWRS8",
                "password $argon2i$m=256,t=2,p=1$c29tZXNhbHQ$/U3YPXYsSb3q9XxHvc0MLxur+GP960kN9j7emXX8zwY",
                "'Hello world!' $5$saltstring$5B8vYYiY.CVt1RlTTf8KbXBH3hsxY/GNooZaBBGWEc5",
                "'correct horse' $5$rounds=1000$abcdefgh$ue35C0ITbth1b5zVUjrjm2mMmsmMKiodEeH2UV/Hq10",
                "grün-Straße $6$abcdefgh$cko.DGJr/sQJAU0Onz/q8WwXoILDKoS./x89bCuHOuj9o6zC4zmeGqiikiRbFsjdnK/HLnwlNLcvRlTGK/vCr1",
                "'correct horse' pbkdf2_sha256$1200$salt8x$fvwDLedwtxKb1ZmYU0iniNU+Meu7GUonw9LvGRhGAwU=",
                "'correct horse' pbkdf2_sha1$1200$salt8x$1R1KZXE0NcH+kQ+sklMIXZ1LoUM=",
                "grün-Straße pbkdf2_sha256$10$s$BwzHspf8Io+xbwc0GRlbSsnVMdCYCe6y5+8ygsPGMHI=",
                "'correct horse' $pbkdf2-sha256$1200$.vv8/f7/MDEyMzQ1Njc4OQ$oKYa90aSE1HM4aBfzzjHrY1q3qN.CF1j.9nS/b6cncI",
                "'correct horse' $pbkdf2-sha512$1200$.vv8/f7/MDEyMzQ1Njc4OQ$Q4jjeRtLdz8x2iHMB.ggegvRk3vyBn6xoBNIbGB1XJd8a2PWqzgCSZHkKewET.gBCPbvq90uKriTBaYLuLBf3A",
                "'correct horse' $pbkdf2$1200$.vv8/f7/MDEyMzQ1Njc4OQ$JFowbTo7GVP6Y0kkL5wv8gI1SQ8",
                "'correct horse' PBKDF2WithHmacSHA256:2048:+vv8/f7/MDEyMzQ1Njc4OQ==:lSPLGbEw/fRL3q3gHjLZbyhZx5CA/Nxm/yLtPbijgKw=",
            })
    void storedHashMatchesItsPasswordAndNoOther(String password, String stored) throws Exception {
        assertThat(auto.matches(password, stored)).isTrue();
        assertThat(auto.matches(password, stored + "   ")).isTrue();
        assertThat(auto.matches(password + "x", stored)).isFalse();
        assertThat(auto.matches("", stored)).isFalse();
    }

    @Test
    void bcryptComparesTheFirst72Bytes() throws Exception {
        String stored = "$2b$05$abcdefghijklmnopqrstuujf8SX2ahXLwp9w/B.Y5XdysS6yR576q";

        assertThat(auto.matches("x".repeat(100), stored)).isTrue();
        assertThat(auto.matches("x".repeat(72), stored)).isTrue();
        assertThat(auto.matches("x".repeat(71), stored)).isFalse();
    }

    @Test
    void bcryptRefusesAPasswordWithNul() throws Exception {
        assertThat(auto.matches("U*U\0U*U", "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW"))
                .isFalse();
    }

    @Test
    void plainComparesExactlyWhatTheClientSent() throws Exception {
        assertThat(plain.matches("0a1b", "0a1b")).isTrue();
        assertThat(plain.matches("0A1B", "0a1b")).isFalse();
        assertThat(plain.matches("0a1b", "0a1b ")).isFalse();
        assertThat(plain.matches("$2a$05$x", "$2a$05$x")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$2b$31$abcdefghijklmnopqrstuuHNbAKRhpaujgo33bRWs.NLUTJO3lOy2",
                "$argon2id$v=19$m=4194304,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
                "$argon2id$v=19$m=131072,t=32,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
                "$argon2id$v=19$m=256,t=999999999,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
                "$6$rounds=999999999$abcdefgh$yIZAF3gQPvtKZO/9qOJKffAKKbtS3ef3qmwyugk4uWVjX8YZf/GV3A8SkFxEPY0T56CcilGrHKLffBsp6dLMG.",
                "pbkdf2_sha256$999999999$salt8x$fvwDLedwtxKb1ZmYU0iniNU+Meu7GUonw9LvGRhGAwU=",
            })
    void hashOfAbsurdCostIsRefusedAtOnce(String stored) {
        long start = System.nanoTime();
        assertThatThrownBy(() -> auto.matches("x", stored))
                .isInstanceOf(UnusableHashException.class)
                .hasMessageContaining("allowed")
                .hasMessageNotContaining("salt8x");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$2b$05$abc",
                "$2a$05$",
                "$argon2id$",
                "$argon2id$v=19$m=0,t=0,p=0$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
                "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi",
                "$6$abc",
                "$5$$",
                "pbkdf2_sha256$0$s$AAAA",
                "pbkdf2_md5$1$s$AAAA",
                "pbkdf2_sha999$1$s$AAAA",
                "pbkdf2_sha256$1$s$=",
                "$pbkdf2-sha256$1$x$y",
                "$1$abc$abc",
                "!",
                "*",
                "",
                "secret",
            })
    void damagedOrUnknownValueIsRefusedAndNotShown(String stored) {
        assertThatThrownBy(() -> auto.matches(stored, stored))
                .isInstanceOf(UnusableHashException.class)
                .hasMessageNotContaining("AAAA");
    }

    @Test
    void unknownFormatNamesTheSettingToChange() {
        assertThatThrownBy(() -> auto.matches("x", "b109f3bbbc244eb82441917ed06d618b9008dd09b3befd1b5e07394c706a8bb9"))
                .hasMessageContaining("notification.login.password-format=plain")
                .hasMessageNotContaining("b109f3");
    }

    @Test
    void fifthSetOfArgon2ParametersIsRefused() throws Exception {
        Passwords passwords = new Passwords(PasswordFormat.AUTO);
        String hash = "$argon2id$v=19$m=%d,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4";
        for (int memory = 8; memory < 12; memory++) {
            assertThat(passwords.matches("x", hash.formatted(memory))).isFalse();
        }
        assertThat(passwords.matches("x", hash.formatted(8))).isFalse();
        assertThatThrownBy(() -> passwords.matches("x", hash.formatted(12)))
                .isInstanceOf(UnusableHashException.class)
                .hasMessageContaining("sets of parameters");
    }

    @Test
    void newHashesMatchTheirPassword() throws Exception {
        assertThat(auto.matches("pässword", NewHash.bcrypt("pässword"))).isTrue();
        assertThat(auto.matches("pässword", NewHash.quick("pässword"))).isTrue();
        assertThat(NewHash.quick("a")).isNotEqualTo(NewHash.quick("a"));
    }

    @Test
    void settingIgnoresCaseAndRefusesUnknownValues() {
        assertThat(PasswordFormat.of(" Plain")).isEqualTo(PasswordFormat.PLAIN);
        assertThat(PasswordFormat.of("auto")).isEqualTo(PasswordFormat.AUTO);
        assertThatThrownBy(() -> PasswordFormat.of("md5")).hasMessageContaining("auto or plain");
    }
}
