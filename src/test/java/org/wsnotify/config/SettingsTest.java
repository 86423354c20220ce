package org.wsnotify.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.wsnotify.client.IpRange;
import org.wsnotify.login.CheckLimits;
import org.wsnotify.login.LoginLimits;
import org.wsnotify.password.PasswordFormat;

class SettingsTest {

    @Test
    void defaultsAreSafe() {
        Settings settings = read(Map.of());

        assertThat(settings.store().mongodbUri()).isEmpty();
        assertThat(settings.demo()).isFalse();
        assertThat(settings.publishing().apiKeys()).isEmpty();
        assertThat(settings.connections().allowedOrigins()).isEmpty();
        assertThat(settings.connections().pageSize()).isEqualTo(30);
        assertThat(settings.mail().host()).isEmpty();
        assertThat(settings.mail().policy().maxRecipients()).isEqualTo(50);
        assertThat(settings.mail().timeout()).isEqualTo(Duration.ofSeconds(30));
        assertThat(settings.login().table().passwordFormat()).isEqualTo(PasswordFormat.AUTO);
        assertThat(settings.login().limits()).isEqualTo(LoginLimits.DEFAULTS);
    }

    @Test
    void unsetLimitsOfLoginsKeepTheirDefaults() {
        LoginLimits limits = read(Map.of(
                        "notification.login.failures", "2",
                        "notification.login.checks", "1",
                        "notification.login.timeout", "PT1S"))
                .login()
                .limits();

        assertThat(limits)
                .isEqualTo(LoginLimits.DEFAULTS
                        .withFailures(2, LoginLimits.DEFAULTS.perAddress().maxFailures())
                        .withChecks(CheckLimits.DEFAULTS.with(1, Duration.ofSeconds(1))));
        assertThat(limits.perPair().freeFailures()).isEqualTo(2);
    }

    @Test
    void listIsSplitAtCommas() {
        assertThat(read(Map.of("notification.trusted-proxies", " 10.0.0.1 , fd00::/8,"))
                        .publishing()
                        .trustedProxies())
                .extracting(IpRange::toString)
                .containsExactly("10.0.0.1/32", "fd00:0:0:0:0:0:0:0/8");
    }

    @ParameterizedTest
    @CsvSource({
        "notification.page-size, 0",
        "notification.page-size, many",
        "notification.notify.max-users, 100001",
        "notification.notify.max-body, 8388609",
        "notification.demo, perhaps",
        "notification.mail.port, 70000",
        "notification.mail.security, ssl",
        "notification.mail.from, bell",
        "notification.mail.ehlo, 192.0.2.1",
        "notification.mail.ehlo, a b",
        "notification.mail.timeout, 30",
        "notification.mail.timeout, PT0S",
        "notification.allowed-origins, www.example.org",
        "notification.allowed-origins, https://a.example/path",
        "notification.trusted-proxies, proxy.example.org",
        "notification.trusted-proxies, 10.0.0.1/8",
        "notification.login.password-format, md5"
    })
    void faultyValueIsASentenceThatNamesTheSetting(String name, String value) {
        assertThatThrownBy(() -> read(Map.of(name, value)))
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith("The setting " + name + "=" + value)
                .hasMessageEndingWith(".");
    }

    @Test
    void mailServerOnAnotherHostNeedsASender() {
        assertThatThrownBy(() -> read(Map.of("notification.mail.host", "smtp.example.org")))
                .isInstanceOf(SettingsException.class)
                .hasMessage("The setting notification.mail.host=smtp.example.org needs notification.mail.from: "
                        + "mail servers refuse the sender notification@localhost.");
        assertThat(read(Map.of("notification.mail.host", "127.0.0.1")).mail().from())
                .isEqualTo("notification@localhost");
        assertThat(read(Map.of(
                                "notification.mail.host",
                                "smtp.example.org",
                                "notification.mail.from",
                                "Bell <b@c.example>"))
                        .mail()
                        .from())
                .isEqualTo("Bell <b@c.example>");
    }

    @Test
    void faultyKeyIsNotShown() {
        assertThatThrownBy(() -> read(Map.of("notification.api-keys", "new-key,sha256:abc")))
                .isInstanceOf(SettingsException.class)
                .hasMessage(
                        "The setting notification.api-keys has a key that begins with sha256: and does not go on with "
                                + "the 64 hexadecimal digits of a SHA-256.");
    }

    @Test
    void twoStoresAreRefused() {
        assertThatThrownBy(() -> read(
                        Map.of("notification.mongodb.uri", "mongodb://db/", "notification.embedded.directory", "d")))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("only one store");
    }

    @Test
    void allFaultySettingsAreNamedAtOnce() {
        Map<String, String> values = Map.of(
                "notification.page-size", "many",
                "notification.demo", "per\nhaps",
                "notification.mail.timeout", "30",
                "notification.api-keys", "sha256:geheim",
                "notification.mongodb.uri", "mongodb://db/",
                "notification.embedded.directory", "d");

        assertThatThrownBy(() -> read(values))
                .isInstanceOf(SettingsException.class)
                .satisfies(e -> assertThat(e.getMessage().lines().map(String::strip))
                        .hasSize(5)
                        .anySatisfy(line -> assertThat(line).contains("notification.page-size=many is not"))
                        .anySatisfy(line -> assertThat(line).contains("notification.demo=per?haps is none of"))
                        .anySatisfy(line -> assertThat(line).contains("notification.mail.timeout=30 is not"))
                        .anySatisfy(line -> assertThat(line)
                                .contains("notification.api-keys has")
                                .doesNotContain("geheim"))
                        .anySatisfy(line -> assertThat(line).contains("only one store")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "key-${HOME}-x",
                "$HOME",
                "back\\slash",
                "a\\${b}",
                "\\,",
                "\"quoted\"",
                "o'clock",
                "#",
                "schl\u00fcssel"
            })
    void passwordIsTakenLiterally(String password) {
        assertThat(read(Map.of("notification.mail.password", " " + password + " "))
                        .mail()
                        .password())
                .contains(password);
    }

    @Test
    void secretsAreNotShown() {
        Settings settings = read(Map.of("notification.mail.password", "geheim", "notification.api-keys", "geheim"));

        assertThat(settings.publishing().apiKeys())
                .hasSize(1)
                .first()
                .asString()
                .doesNotContain("geheim");

        assertThat(settings.mail().toString()).doesNotContain("geheim");
        assertThat(settings.publishing().toString()).doesNotContain("geheim");
    }

    @Test
    void tableOfTheDocsHasExactlyTheSettings() throws Exception {
        assertThat(Files.readAllLines(Path.of("docs/settings.md")))
                .filteredOn(line -> line.startsWith("| `"))
                .containsExactlyElementsOf(
                        Arrays.stream(Setting.values()).map(Setting::row).toList());
    }

    @Test
    void nameIsKnownAsPropertyAndEnvironmentVariable() {
        assertThat(Setting.isKnown("notification.mongodb.uri")).isTrue();
        assertThat(Setting.isKnown("NOTIFICATION_MONGODB_URI")).isTrue();
        assertThat(Setting.isKnown("NOTIFICATION_API_KEYS")).isTrue();
        assertThat(Setting.isKnown("notification.mongdb.uri")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "NOTIFICATION_MONGO_URI, notification.mongodb.uri",
        "NOTIFICATION_API_KEY, notification.api-keys",
        "notification.apikeys, notification.api-keys",
        "notification.mail.passwd, notification.mail.password",
        "notification.embeded.directory, notification.embedded.directory"
    })
    void misspelledNameSuggestsTheNearest(String name, String nearest) {
        assertThat(Setting.isUnknown(name)).isTrue();
        assertThat(Setting.nearest(name)).map(Setting::key).contains(nearest);
    }

    @Test
    void nameUnlikeAnyOtherSuggestsNothing() {
        assertThat(Setting.isUnknown("NOTIFICATION_COLOUR_OF_THE_BELL")).isTrue();
        assertThat(Setting.nearest("NOTIFICATION_COLOUR_OF_THE_BELL")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "NOTIFICATION_PORT",
                "NOTIFICATION_SERVICE_HOST",
                "NOTIFICATION_SERVICE_PORT_HTTP",
                "NOTIFICATION_PORT_8587_TCP_ADDR",
                "NOTIFICATION_PAGE_SIZE",
                "NOTIFICATIONS",
                "JAVA_HOME"
            })
    void foreignAndKnownNamesAreNotUnknown(String name) {
        assertThat(Setting.isUnknown(name)).isFalse();
    }

    @Test
    void logSaysWhereMailGoesAndWhoMayPublish() {
        Settings none = read(Map.of("notification.mail.directory", "/srv/mails"));
        Settings some = read(Map.of(
                "notification.mail.host",
                "127.0.0.1",
                "notification.mail.port",
                "1025",
                "notification.api-keys",
                "first-secret,second-secret"));

        assertThat(none.mail().destination()).isEqualTo("files in /srv/mails");
        assertThat(none.publishing().callers()).isEqualTo("callers on this machine");
        assertThat(some.mail().destination()).isEqualTo("the mail server 127.0.0.1, port 1025");
        assertThat(some.publishing().callers()).isEqualTo("holders of the 2 API keys");
    }

    private static Settings read(Map<String, String> values) {
        return Settings.read(name -> Optional.ofNullable(values.get(name)));
    }
}
