package org.wsnotify.login;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.wsnotify.HandClock;

class LoginServiceTest {
    private static final String HOME = "192.0.2.1";
    private static final String ELSEWHERE = "198.51.100.7";

    private final HandClock clock = new HandClock();
    private final LoggedLines log = new LoggedLines(LoginService.class);
    private final AtomicInteger checks = new AtomicInteger();
    private Authenticator authenticator =
            credentials -> ((PasswordCredentials) credentials).password().equals("right")
                    ? user("id-of-" + credentials.subject())
                    : Optional.empty();
    private final LoginService service = new LoginService(this::check, LoginLimits.DEFAULTS, clock, Runnable::run);

    @AfterEach
    void stopCatching() {
        log.close();
    }

    private Optional<AuthenticatedUser> check(Credentials credentials) {
        checks.incrementAndGet();
        return authenticator.authenticate(credentials);
    }

    private LoginResult login(String login, String password, String address) {
        return service.login(new PasswordCredentials(login, password), address);
    }

    private LoginResult fails(String login, String address) {
        return login(login, "wrong", address);
    }

    /** Fails as often as is looked at, waiting out the delays. */
    private void failPatiently(int times, String login, String address) {
        for (int i = 0; i < times; i++) {
            if (fails(login, address) instanceof LoginResult.TooManyAttempts early) {
                clock.pass(early.retryAfter());
                assertThat(fails(login, address)).isEqualTo(rejected());
            }
        }
    }

    private static Optional<AuthenticatedUser> user(String id) {
        return Optional.of(AuthenticatedUser.of(id));
    }

    private static LoginResult accepted(String login) {
        return new LoginResult.Accepted(AuthenticatedUser.of("id-of-" + login));
    }

    private static LoginResult rejected() {
        return new LoginResult.Rejected();
    }

    private static LoginResult tooMany(Duration retryAfter) {
        return new LoginResult.TooManyAttempts(retryAfter);
    }

    @Test
    void rightPasswordGivesTheUserId() {
        assertThat(login("anna", "right", HOME)).isEqualTo(accepted("anna"));
    }

    @Test
    void wrongPasswordIsRejected() {
        assertThat(fails("anna", HOME)).isEqualTo(rejected());
    }

    @Test
    void malformedCredentialsAreRejectedUnchecked() {
        String long1 = "x".repeat(PasswordCredentials.MAX_CHARACTERS + 1);

        assertThat(login(long1, "right", HOME)).isEqualTo(rejected());
        assertThat(login("anna", long1, HOME)).isEqualTo(rejected());
        assertThat(login(" ", "right", HOME)).isEqualTo(rejected());
        assertThat(login("anna", "", HOME)).isEqualTo(rejected());
        assertThat(checks).hasValue(0);
    }

    @Test
    void delaysDoubleAfterTheThirdFailure() {
        for (int i = 0; i < 4; i++) {
            assertThat(fails("anna", HOME)).isEqualTo(rejected());
        }
        assertThat(login("anna", "right", HOME)).isEqualTo(tooMany(Duration.ofSeconds(1)));
        assertThat(checks).hasValue(4);

        clock.pass(Duration.ofSeconds(1));
        assertThat(fails("anna", HOME)).isEqualTo(rejected());
        assertThat(fails("anna", HOME)).isEqualTo(tooMany(Duration.ofSeconds(2)));
        clock.pass(Duration.ofSeconds(2));
        assertThat(fails("anna", HOME)).isEqualTo(rejected());
        assertThat(fails("anna", HOME)).isEqualTo(tooMany(Duration.ofSeconds(4)));
    }

    @Test
    void failingLoginIsCheckedTwiceAMinuteAndNeverLocked() {
        failPatiently(10, "anna", HOME);
        assertThat(checks).hasValue(10);
        assertThat(login("anna", "right", HOME)).isEqualTo(tooMany(Duration.ofSeconds(30)));
        assertThat(checks).hasValue(10);

        clock.pass(Duration.ofSeconds(30));
        assertThat(login("anna", "right", HOME)).isEqualTo(accepted("anna"));
    }

    @Test
    void addressOfAnEarlierSuccessWaitsTenSecondsAtMost() {
        assertThat(login("anna", "right", HOME)).isEqualTo(accepted("anna"));
        failPatiently(10, "anna", HOME);
        assertThat(login("anna", "right", HOME)).isEqualTo(tooMany(Duration.ofSeconds(10)));

        clock.pass(Duration.ofSeconds(10));
        assertThat(login("anna", "right", HOME)).isEqualTo(accepted("anna"));
    }

    @Test
    void noDelayIsLongerThanHalfAMinute() {
        for (int i = 0; i < 3000; i++) {
            fails("anna", HOME);
            fails("anna", "203.0.113." + i);
            fails("guess" + i, HOME);
        }
        assertThat(login("anna", "right", HOME))
                .isInstanceOfSatisfying(
                        LoginResult.TooManyAttempts.class,
                        early -> assertThat(early.retryAfter()).isLessThanOrEqualTo(Duration.ofSeconds(30)));

        clock.pass(Duration.ofSeconds(30));
        assertThat(login("anna", "right", HOME)).isEqualTo(accepted("anna"));
    }

    @Test
    void successClearsTheFailuresOfItsLogin() {
        for (int round = 0; round < 3; round++) {
            failPatiently(3, "anna", HOME);
            assertThat(login("anna", "right", HOME)).isEqualTo(accepted("anna"));
        }
        failPatiently(3, "anna", HOME);
        assertThat(login("anna", "right", HOME)).isEqualTo(accepted("anna"));
    }

    @Test
    void spellingsOfOneLoginShareTheirAttempts() {
        fails("anna", HOME);
        fails("ANNA", HOME);
        fails("änna ", HOME);
        fails("an\u200Bna", HOME);

        assertThat(fails("Anna", HOME)).isInstanceOf(LoginResult.TooManyAttempts.class);
    }

    @Test
    void addressesOfOneIpv6SubscriberShareTheirAttempts() {
        for (int i = 0; i < 4; i++) {
            fails("anna", "2001:db8:0:1" + i + "::" + i);
        }
        assertThat(fails("anna", "2001:db8:0:ff:ffff::9")).isInstanceOf(LoginResult.TooManyAttempts.class);
        assertThat(fails("anna", "2001:db8:0:100::1")).isEqualTo(rejected());
    }

    @Test
    void everyLoginIsLoggedWithoutItsName() {
        try (LoggedLines lines = new LoggedLines(LoginService.class, Level.INFO)) {
            login("anna", "right", HOME);
            failPatiently(4, "anna", HOME);
            login("anna", "right", HOME);

            assertThat(lines.lines())
                    .containsExactly(
                            "login accepted, from 192.0.2.1",
                            "login refused, from 192.0.2.1",
                            "login refused, from 192.0.2.1",
                            "login refused, from 192.0.2.1",
                            "login refused, from 192.0.2.1",
                            "login throttled after too many failures, from 192.0.2.1, for 1 s");
        }
    }

    @Test
    void attackDoesNotFloodTheLog() {
        try (LoggedLines lines = new LoggedLines(LoginService.class, Level.INFO)) {
            for (int i = 0; i < 1000; i++) {
                fails("guess" + i, "198.51.100." + i);
            }
            fails("anna", HOME);
            assertThat(lines.lines()).hasSize(60);

            clock.pass(Duration.ofMinutes(1));
            fails("ben", HOME);
            assertThat(lines.lines())
                    .hasSize(61)
                    .last()
                    .isEqualTo("login refused, from 192.0.2.1 (941 more since the last one)");
        }
    }

    @Test
    void userUnderAttackLogsInFromAnAddressUsedBefore() {
        assertThat(login("anna", "right", HOME)).isEqualTo(accepted("anna"));
        for (int i = 0; i < 300; i++) {
            fails("anna", "203.0.113." + i);
        }
        assertThat(login("anna", "right", HOME)).isEqualTo(accepted("anna"));
        assertThat(login("anna", "right", ELSEWHERE)).isInstanceOf(LoginResult.TooManyAttempts.class);
    }

    @Test
    void distributedAttackGetsAboutTwentyChecksAMinute() {
        for (int i = 0; i < 3000; i++) {
            fails("anna", "attacker-" + i);
            clock.pass(Duration.ofMillis(20));
        }
        assertThat(checks.get()).isBetween(15, 30);

        clock.pass(Duration.ofMinutes(1));
        assertThat(login("anna", "right", ELSEWHERE)).isEqualTo(accepted("anna"));
    }

    @Test
    void attackFromOneAddressDelaysOnlyNewLoginsThere() {
        assertThat(login("anna", "right", HOME)).isEqualTo(accepted("anna"));
        for (int i = 0; i < 2900; i++) {
            fails("guess" + i, HOME);
            clock.pass(Duration.ofMillis(100));
        }
        assertThat(checks.get()).isLessThanOrEqualTo(125);
        failPatiently(1, "guess", HOME);
        assertThat(login("ben", "right", HOME)).isInstanceOf(LoginResult.TooManyAttempts.class);
        assertThat(login("anna", "right", HOME)).isEqualTo(accepted("anna"));
    }

    @Test
    void ownAccountDoesNotClearAnAttackersAddress() {
        for (int i = 0; i < 2900; i++) {
            fails("guess" + i, HOME);
            login("mallory", "right", HOME);
            clock.pass(Duration.ofMillis(100));
        }
        failPatiently(1, "guess", HOME);
        assertThat(login("ben", "right", HOME)).isInstanceOf(LoginResult.TooManyAttempts.class);
    }

    @Test
    void unavailableAuthenticatorCountsNoFailure() {
        authenticator = new NobodyAuthenticator("configure the DataSource");
        for (int i = 0; i < 50; i++) {
            assertThat(login("anna", "right", HOME)).isEqualTo(new LoginResult.Unavailable());
        }
        authenticator = credentials -> user("1");
        assertThat(login("anna", "right", HOME)).isEqualTo(new LoginResult.Accepted(AuthenticatedUser.of("1")));
    }

    @Test
    void reasonIsLoggedOnceAMinuteWithTheNumberOfOthers() {
        authenticator = new NobodyAuthenticator("configure the DataSource");
        for (int i = 0; i < 5; i++) {
            login("anna", "right", HOME);
        }
        clock.pass(Duration.ofMinutes(1));
        login("anna", "right", HOME);

        assertThat(log.lines())
                .containsExactly(
                        "login unavailable: configure the DataSource",
                        "login unavailable: configure the DataSource (4 more since the last one)");
    }

    @Test
    void exceptionOfAnAuthenticatorShowsNoSecrets() {
        authenticator = credentials -> {
            throw new LinkageError(
                    "no " + credentials.subject() + " with " + ((PasswordCredentials) credentials).password());
        };
        assertThat(login("anna", "geheim", HOME)).isEqualTo(new LoginResult.Unavailable());
        assertThat(log.lines())
                .singleElement()
                .asString()
                .contains("java.lang.LinkageError at org.wsnotify.login.LoginServiceTest")
                .doesNotContain("anna", "geheim");
    }

    @Test
    @SuppressWarnings("NullOptional")
    void nullAndABlankIdMakeLoginsUnavailable() {
        authenticator = credentials -> null;
        assertThat(login("anna", "right", HOME)).isEqualTo(new LoginResult.Unavailable());
        authenticator = credentials -> user(" ");
        assertThat(login("anna", "right", HOME)).isEqualTo(new LoginResult.Unavailable());
        assertThat(log.lines()).singleElement().asString().contains("returned null");
    }

    @Test
    void loginThatHasEndedIsNotAccepted() {
        Instant now = clock.instant();
        authenticator = credentials -> Optional.of(AuthenticatedUser.until("1", now));
        assertThat(login("anna", "right", HOME)).isEqualTo(new LoginResult.Ended());

        AuthenticatedUser user = AuthenticatedUser.until("1", now.plusMillis(1));
        authenticator = credentials -> Optional.of(user);
        assertThat(login("anna", "right", HOME)).isEqualTo(new LoginResult.Accepted(user));
    }

    @Test
    void wrongTokensLockNobodyOut() {
        authenticator = credentials -> Optional.empty();
        for (int i = 0; i < 1000; i++) {
            assertThat(service.login(new TokenCredentials("wrong"), HOME)).isEqualTo(rejected());
        }

        authenticator = credentials -> Optional.of(AuthenticatedUser.of("1"));
        assertThat(service.login(new TokenCredentials("right"), HOME)).isInstanceOf(LoginResult.Accepted.class);
        assertThat(login("anna", "right", HOME)).isInstanceOf(LoginResult.Accepted.class);
    }

    @Test
    void tokensOfImpossibleLengthAreNotChecked() {
        authenticator = credentials -> Optional.of(AuthenticatedUser.of("1"));
        String longest = "x".repeat(TokenCredentials.MAX_CHARACTERS);

        assertThat(service.login(new TokenCredentials(longest + "x"), HOME)).isEqualTo(rejected());
        assertThat(service.login(new TokenCredentials(" "), HOME)).isEqualTo(rejected());
        assertThat(service.login(new TokenCredentials(longest), HOME)).isInstanceOf(LoginResult.Accepted.class);
    }
}
