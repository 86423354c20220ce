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
 * Logs users in: the {@link Authenticator}, held within limits.
 *
 * <p>Safe for use by many threads. {@link #login} blocks for no longer than the wait for a check and the check may take
 * (see {@link LoginLimits}), so it is called on a thread that may block. An authenticator that does not answer in time
 * is {@link LoginResult.Unavailable}; while all checks hang, so are all logins, at once. It never throws: whatever goes
 * wrong in an authenticator is {@link LoginResult.Unavailable}, counts as nobody's failure. Every login is a line in
 * the log, without login or password.
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
    private final Duration longestCheck;
    private final Executor checks;
    private final Clock clock;
    private final AtomicReference<Instant> unavailableSince = new AtomicReference<>();

    /** @param checks runs the checks; needs a thread for each of {@link CheckLimits#atOnce} */
    public LoginService(Authenticator authenticator, LoginLimits limits, Clock clock, Executor checks) {
        this.authenticator = authenticator;
        this.guard = new LoginGuard(limits, clock);
        this.queue = new CheckQueue(limits.checks());
        this.log = new LoginLog(LOG, clock);
        this.unavailable = new RareLog(LOG, BETWEEN_WARNINGS, clock);
        this.busy = new RareLog(LOG, BETWEEN_WARNINGS, clock);
        this.overdue = new RareLog(LOG, BETWEEN_WARNINGS, clock);
        this.longestCheck = limits.checks().maxCheck();
        this.checks = checks;
        this.clock = clock;
    }

    /**
     * Checks a login.
     *
     * @param remoteAddress where it comes from, as far as the transport knows; behind a proxy the address that the
     *     proxy names
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
        AttemptKeys subjects = AttemptKeys.of(credentials.subject(), remoteAddress);
        Duration wait = guard.waitFor(subjects);
        return wait.isZero() ? enqueue(credentials, subjects) : new LoginResult.TooManyAttempts(wait);
    }

    /** When logins became unavailable, as far as the checks since then show; empty while the authenticator answers. */
    public Optional<Instant> unavailableSince() {
        return Optional.ofNullable(unavailableSince.get());
    }

    /** How many checks have run out of time and still hang. */
    public int hangingChecks() {
        return queue.overdue();
    }

    private LoginResult enqueue(Credentials credentials, AttemptKeys subjects) {
        if (!queue.enter()) {
            busy.tell(
                    queue.allOverdue()
                            ? "login unavailable: all checks of logins hang"
                            : "login unavailable: too many logins wait for their check");
            return new LoginResult.Unavailable();
        }
        TimedCheck check = new TimedCheck(() -> authenticateIfAllowed(credentials, subjects), queue);
        try {
            checks.execute(check);
        } catch (RejectedExecutionException e) {
            queue.leave(); // the server stops
            return new LoginResult.Unavailable();
        }
        return check.await(longestCheck).orElseGet(this::timedOut);
    }

    /** Asked again: of a thousand that waited together, the first ones may have failed. */
    private LoginResult authenticateIfAllowed(Credentials credentials, AttemptKeys subjects) {
        Duration wait = guard.waitFor(subjects);
        return wait.isZero() ? authenticate(credentials, subjects) : new LoginResult.TooManyAttempts(wait);
    }

    private LoginResult timedOut() {
        unavailableSince.compareAndSet(null, clock.instant());
        overdue.tell("login unavailable: " + name() + " did not answer within " + longestCheck.toMillis() + " ms; "
                + queue.overdue() + " checks hang");
        return new LoginResult.Unavailable();
    }

    /** Catches every throwable: the class of an installer may also fail to link, or overflow the stack. */
    private LoginResult authenticate(Credentials credentials, AttemptKeys subjects) {
        try {
            Optional<AuthenticatedUser> user = authenticator.authenticate(credentials);
            if (user == null) {
                throw new LoginUnavailableException(name() + " returned null");
            }
            return user.filter(found -> !found.hasEnded(clock.instant()))
                    .map(found -> accept(found, subjects))
                    .orElseGet(() -> reject(subjects));
        } catch (LoginUnavailableException e) {
            unavailable.tell("login unavailable: " + e.getMessage());
        } catch (Throwable e) {
            unavailable.tell(
                    "login unavailable: " + name() + " threw " + e.getClass().getName() + where(e));
        }
        unavailableSince.compareAndSet(null, clock.instant());
        return new LoginResult.Unavailable();
    }

    private LoginResult accept(AuthenticatedUser user, AttemptKeys subjects) {
        unavailableSince.set(null);
        guard.succeeded(subjects);
        return new LoginResult.Accepted(user);
    }

    private LoginResult reject(AttemptKeys subjects) {
        unavailableSince.set(null);
        guard.failed(subjects);
        return new LoginResult.Rejected();
    }

    private String name() {
        return authenticator.getClass().getName();
    }

    /** The place, not the message: a message may hold what the client sent. */
    private static String where(Throwable e) {
        StackTraceElement[] trace = e.getStackTrace();
        return trace.length == 0 ? "" : " at " + trace[0];
    }
}
