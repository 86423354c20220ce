package org.wsnotify.login;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.wsnotify.HandClock;

class LoginQueueTest {
    private static final AuthenticatedUser ONE = AuthenticatedUser.of("1");
    private static final Credentials ANNA = new PasswordCredentials("anna", "secret");

    private final ExecutorService callers = Executors.newCachedThreadPool();
    private final CountDownLatch gate = new CountDownLatch(1);
    private final AtomicInteger running = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private final AtomicInteger checked = new AtomicInteger();
    private final LoggedLines log = new LoggedLines(LoginService.class);

    @AfterEach
    void stop() {
        gate.countDown();
        callers.shutdownNow();
        log.close();
    }

    private Optional<AuthenticatedUser> slowly(Optional<AuthenticatedUser> answer) {
        most.accumulateAndGet(running.incrementAndGet(), Math::max);
        try {
            gate.await(30, SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        running.decrementAndGet();
        checked.incrementAndGet();
        return answer;
    }

    private LoginService service(int waiting, Duration longestWait, Optional<AuthenticatedUser> answer) {
        return service(waiting, longestWait, Duration.ofSeconds(30), answer);
    }

    private LoginService service(
            int waiting, Duration longestWait, Duration longestCheck, Optional<AuthenticatedUser> answer) {
        LoginLimits limits = LoginLimits.DEFAULTS.withChecks(new CheckLimits(2, waiting, longestWait, longestCheck));
        return new LoginService(credentials -> slowly(answer), limits, new HandClock(), callers);
    }

    private List<Future<LoginResult>> start(LoginService service, int times) {
        List<Future<LoginResult>> results = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            results.add(callers.submit(() -> service.login(ANNA, "192.0.2.1")));
        }
        return results;
    }

    @Test
    void onlyTheConfiguredNumberOfChecksRunsAtOnce() throws Exception {
        List<Future<LoginResult>> results = start(service(100, Duration.ofSeconds(20), Optional.of(ONE)), 40);
        await().until(() -> running.get() == 2);
        gate.countDown();

        for (Future<LoginResult> result : results) {
            assertThat(result.get(20, SECONDS)).isEqualTo(new LoginResult.Accepted(ONE));
        }
        assertThat(most).hasValue(2);
    }

    @Test
    void loginIsUnavailableIfTheQueueIsFull() throws Exception {
        LoginService service = service(0, Duration.ofSeconds(20), Optional.of(ONE));
        start(service, 2);
        await().until(() -> running.get() == 2);

        assertThat(callers.submit(() -> service.login(ANNA, "192.0.2.1")).get(10, SECONDS))
                .isEqualTo(new LoginResult.Unavailable());
        assertThat(log.lines()).containsExactly("login unavailable: too many logins wait for their check");
    }

    @Test
    void loginThatWaitsTooLongIsUnavailable() throws Exception {
        LoginService service = service(100, Duration.ofMillis(10), Optional.of(ONE));
        start(service, 2);
        await().until(() -> running.get() == 2);

        assertThat(callers.submit(() -> service.login(ANNA, "192.0.2.1")).get(10, SECONDS))
                .isEqualTo(new LoginResult.Unavailable());
    }

    @Test
    void attemptsThatWaitedTogetherCountOneByOne() throws Exception {
        List<Future<LoginResult>> results = start(service(100, Duration.ofSeconds(20), Optional.empty()), 40);
        await().until(() -> running.get() == 2);
        gate.countDown();

        for (Future<LoginResult> result : results) {
            assertThat(result.get(20, SECONDS)).isNotInstanceOf(LoginResult.Unavailable.class);
        }
        assertThat(checked.get()).isBetween(4, 5);
    }

    @Test
    void checkThatHangsIsAnsweredAtItsDeadline() throws Exception {
        LoginService service = service(100, Duration.ofSeconds(20), Duration.ofMillis(50), Optional.of(ONE));

        assertThat(start(service, 1).get(0).get(10, SECONDS)).isEqualTo(new LoginResult.Unavailable());
        assertThat(service.hangingChecks()).isEqualTo(1);
        assertThat(service.unavailableSince()).isPresent();
        assertThat(log.lines()).singleElement().asString().contains("did not answer within 50 ms; 1 checks hang");
    }

    @Test
    void waitingLoginsEndAtOnceWhileAllChecksHang() throws Exception {
        LoginService service = service(100, Duration.ofSeconds(20), Duration.ofMillis(500), Optional.of(ONE));

        for (Future<LoginResult> result : start(service, 40)) {
            assertThat(result.get(10, SECONDS)).isEqualTo(new LoginResult.Unavailable());
        }
        assertThat(most).hasValue(2);
        assertThat(start(service, 1).get(0).get(10, SECONDS)).isEqualTo(new LoginResult.Unavailable());
        assertThat(log.lines()).contains("login unavailable: all checks of logins hang");
    }

    @Test
    void loginsWorkAgainAfterHangingChecksEnd() throws Exception {
        LoginService service = service(100, Duration.ofSeconds(20), Duration.ofMillis(500), Optional.of(ONE));
        for (Future<LoginResult> result : start(service, 2)) {
            assertThat(result.get(10, SECONDS)).isEqualTo(new LoginResult.Unavailable());
        }
        gate.countDown();
        await().until(() -> service.hangingChecks() == 0);

        assertThat(start(service, 1).get(0).get(10, SECONDS)).isEqualTo(new LoginResult.Accepted(ONE));
        assertThat(service.unavailableSince()).isEmpty();
    }
}
