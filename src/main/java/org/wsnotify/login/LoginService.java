package org.wsnotify.login;

import java.lang.System.Logger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Logs users in: asks the {@link Authenticator}, within limits.
 *
 * <p>Safe for use by many threads. {@link #login} blocks no longer than {@link CheckLimits} allows for the wait and for
 * the check, so callers need a thread that may block. It never throws. If the authenticator fails or does not answer in
 * time, the result is {@link LoginResult.Unavailable}, and it does not count as a failed login. While all checks hang,
 * every login is unavailable at once. Each login is a line in the log, without the login and the password.
 */
public final class LoginService {
    private static final Logger LOG = System.getLogger(LoginService.class.getName());
    private static final Duration BETWEEN_WARNINGS = Duration.ofMinutes(1);

    private final Authenticator authenticator;
    private final LoginGuard guard;
    private final CheckQueue queue;
    private final LoginLog log;
    private final RareLog unavailable;
    private final RareLog busy;
    private final RareLog overdue;
    private final Duration maxCheck;
    private final Executor checks;
    private final Clock clock;
    private final AtomicReference<Instant> unavailableSince = new AtomicReference<>();

    /** @param checks runs the checks, on at least {@link CheckLimits#atOnce} threads */
    public LoginService(Authenticator authenticator, LoginLimits limits, Clock clock, Executor checks) {
        this.authenticator = authenticator;
        this.guard = new LoginGuard(limits, clock);
        this.queue = new CheckQueue(limits.checks());
        this.log = new LoginLog(LOG, clock);
        this.unavailable = new RareLog(LOG, BETWEEN_WARNINGS, clock);
        this.busy = new RareLog(LOG, BETWEEN_WARNINGS, clock);
        this.overdue = new RareLog(LOG, BETWEEN_WARNINGS, clock);
        this.maxCheck = limits.checks().maxCheck();
        this.checks = checks;
        this.clock = clock;
    }

    /**
     * Checks a login.
     *
     * @param remoteAddress the address of the client; behind a trusted proxy, the one that the proxy names
     */
    public LoginResult login(Credentials credentials, String remoteAddress) {
        LoginResult result = attempt(credentials, remoteAddress);
        log.ended(result, remoteAddress);
        return result;
    }

    private LoginResult attempt(Credentials credentials, String remoteAddress) {
        if (!credentials.isWellFormed()) {
            return new LoginResult.Rejected();
        }
        Attempt attempt = credentials.isGuessable()
                ? guard.attempt(AttemptKeys.of(credentials.subject(), remoteAddress))
                : Attempt.UNLIMITED;
        Duration wait = attempt.waiting();
        return wait.isZero() ? enqueue(credentials, attempt) : new LoginResult.TooManyAttempts(wait);
    }

    /** Returns since when checks have failed to answer; empty if the last one answered. */
    public Optional<Instant> unavailableSince() {
        return Optional.ofNullable(unavailableSince.get());
    }

    /** Returns how many checks have exceeded their time and still run. */
    public int hangingChecks() {
        return queue.overdue();
    }

    private LoginResult enqueue(Credentials credentials, Attempt attempt) {
        if (!queue.enter()) {
            busy.tell(
                    queue.allOverdue()
                            ? "login unavailable: all checks of logins hang"
                            : "login unavailable: too many logins wait for their check");
            return new LoginResult.Unavailable();
        }
        TimedCheck check = new TimedCheck(() -> authenticateIfAllowed(credentials, attempt), queue);
        try {
            checks.execute(check);
        } catch (RejectedExecutionException e) {
            queue.leave(); // the server is stopping
            return new LoginResult.Unavailable();
        }
        return check.await(maxCheck).orElseGet(this::timedOut);
    }

    /** Asks the guard again: other attempts may have failed while this one waited. */
    private LoginResult authenticateIfAllowed(Credentials credentials, Attempt attempt) {
        Duration wait = attempt.waiting();
        return wait.isZero() ? authenticate(credentials, attempt) : new LoginResult.TooManyAttempts(wait);
    }

    private LoginResult timedOut() {
        unavailableSince.compareAndSet(null, clock.instant());
        overdue.tell("login unavailable: " + name() + " did not answer within " + maxCheck.toMillis() + " ms; "
                + queue.overdue() + " checks hang");
        return new LoginResult.Unavailable();
    }

    /** Catches every throwable: the class of an installer may also fail to link, or overflow the stack. */
    private LoginResult authenticate(Credentials credentials, Attempt attempt) {
        try {
            Optional<AuthenticatedUser> user = authenticator.authenticate(credentials);
            if (user == null) {
                throw new LoginUnavailableException(name() + " returned null");
            }
            return user.map(found -> accept(found, attempt)).orElseGet(() -> reject(attempt));
        } catch (LoginUnavailableException e) {
            unavailable.tell("login unavailable: " + e.getMessage());
        } catch (Throwable e) {
            unavailable.tell(
                    "login unavailable: " + name() + " threw " + e.getClass().getName() + where(e));
        }
        unavailableSince.compareAndSet(null, clock.instant());
        return new LoginResult.Unavailable();
    }

    private LoginResult accept(AuthenticatedUser user, Attempt attempt) {
        unavailableSince.set(null);
        attempt.succeeded();
        return user.hasEnded(clock.instant()) ? new LoginResult.Ended() : new LoginResult.Accepted(user);
    }

    private LoginResult reject(Attempt attempt) {
        unavailableSince.set(null);
        attempt.failed();
        return new LoginResult.Rejected();
    }

    private String name() {
        return authenticator.getClass().getName();
    }

    /** Returns the place, not the message: a message may contain what the client sent. */
    private static String where(Throwable e) {
        StackTraceElement[] trace = e.getStackTrace();
        return trace.length == 0 ? "" : " at " + trace[0];
    }
}
