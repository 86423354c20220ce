package org.wsnotify.conversation;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.wsnotify.channel.CloseStatus;
import org.wsnotify.login.AuthenticatedUser;
import org.wsnotify.login.Credentials;
import org.wsnotify.login.LoginResult;
import org.wsnotify.login.LoginService;
import org.wsnotify.login.TokenCredentials;
import org.wsnotify.session.ClientSession;
import org.wsnotify.session.Envelope;
import org.wsnotify.session.SessionRegistry;

/**
 * The user of one session: logs in, joins and leaves. A failed join is answered here.
 *
 * <p>Lives as long as its session. Any thread may call {@link #id} and {@link #asksToJoin}; all other methods are
 * called by one thread at a time.
 */
final class SessionUser {

    /** After so many failed logins the session is closed. */
    static final int MAX_FAILED_LOGINS = 20;

    /**
     * How long a join may wait for its turn, and until all servers can know of it. After that the client has given up, or
     * soon will, and the check of its password would only delay others.
     */
    static final Duration MAX_WAIT = Duration.ofSeconds(20);

    private static final String JOIN = "join";
    private static final String REFRESH = "refresh";

    private final ClientSession session;
    private final SessionRegistry registry;
    private final LoginService logins;
    private final int maxSessions;
    private final Clock clock;
    private volatile String id;
    private int failedLogins;

    SessionUser(ClientSession session, SessionRegistry registry, LoginService logins, int maxSessions, Clock clock) {
        this.session = session;
        this.registry = registry;
        this.logins = logins;
        this.maxSessions = maxSessions;
        this.clock = clock;
    }

    /** Returns the id of the user; null if none has joined. */
    String id() {
        return id;
    }

    /** Returns whether the session is still open. */
    boolean isConnected() {
        return registry.isOpen(session);
    }

    /** Restarts the time that the session may stay open without a user, because a join was requested. */
    void asksToJoin(Instant when) {
        registry.joining(session, when);
    }

    /**
     * Logs in, for a join.
     *
     * @param heard when the client asked
     * @return who may join with {@link #begin}; empty if the join has failed: the client was told then
     */
    Optional<AuthenticatedUser> logIn(Credentials credentials, Instant heard) {
        if (isLate(heard)) {
            unavailable(JOIN);
            return Optional.empty();
        }
        LoginResult result = login(credentials);
        if (result instanceof LoginResult.Accepted accepted && mayBeOf(accepted.user())) {
            return Optional.of(accepted.user());
        }
        if (result instanceof LoginResult.Rejected) {
            rejected(credentials);
        } else if (result instanceof LoginResult.Ended) {
            refused("token-expired", "The login has ended; join with a new one.", JOIN);
        } else if (result instanceof LoginResult.TooManyAttempts wait) {
            long seconds = Math.max(1, wait.retryAfter().toSeconds());
            failed("too-many-attempts", "Too many failed logins; try again in " + seconds + " seconds.");
        } else if (result instanceof LoginResult.Unavailable) {
            unavailable(JOIN);
        }
        return Optional.empty();
    }

    /** Returns whether a join that was asked for at an instant has waited for too long. */
    boolean isLate(Instant heard) {
        return heard.plus(MAX_WAIT).isBefore(clock.instant());
    }

    private boolean mayBeOf(AuthenticatedUser user) {
        if (!session.changesUser() && id != null && !id.equals(user.id())) {
            refused("joined-already", "Another user has joined this session. Leave it first, or open another.");
            return false;
        }
        return true;
    }

    /**
     * Joins the session to a user who has logged in and is known to all servers. It is completed by {@link #complete}.
     *
     * @return false if the join has failed: the client was told then
     */
    boolean begin(AuthenticatedUser user) {
        String userId = user.id();
        if (!registry.beginJoin(session, userId, maxSessions)) {
            return refused("too-many-sessions", "You have too many open sessions; close a tab or a device.");
        }
        registry.loginEnds(session, userId, user.end(), clock.instant());
        id = userId;
        return true;
    }

    /** Sends the answer to a join, and what was pushed to the user since it began. */
    void complete(Envelope.Joined joined, Envelope.Notifications unseen) {
        registry.completeJoin(session, joined, unseen);
    }

    /** Logs in after the session has ended, to do what the client asked for before. If it fails, the user stays. */
    void loginAfterEnd(Credentials credentials) {
        if (login(credentials) instanceof LoginResult.Accepted accepted) {
            id = accepted.user().id();
        }
    }

    /** Leaves the session without a user. */
    void leave() {
        id = null;
        registry.leave(session, clock.instant());
    }

    /**
     * Takes new credentials of the same user, so that the session does not end with the old ones. If they are wrong,
     * the session goes on until its end.
     */
    void refresh(Credentials credentials) {
        LoginResult result = login(credentials);
        if (result instanceof LoginResult.Accepted accepted) {
            refresh(accepted.user());
        } else if (result instanceof LoginResult.Ended) {
            refused("token-expired", "This login has ended, too; send a new one.", REFRESH);
        } else if (result instanceof LoginResult.Unavailable) {
            unavailable(REFRESH);
        } else {
            refused("token-refused", "The server does not accept this login; its log says why.", REFRESH);
        }
    }

    private void refresh(AuthenticatedUser user) {
        if (user.id().equals(id)) {
            registry.loginEnds(session, id, user.end(), clock.instant());
            session.send(new Envelope.Refreshed(user.end()));
        } else {
            refused("joined-already", "This login is of another user. Send join to change the user.", REFRESH);
        }
    }

    private LoginResult login(Credentials credentials) {
        return logins.login(credentials, session.channel().remoteAddress());
    }

    private boolean unavailable(String request) {
        return refused("login-unavailable", "Logins are not possible at the moment; try again later.", request);
    }

    private boolean rejected(Credentials credentials) {
        if (credentials instanceof TokenCredentials) {
            refused("token-refused", "The server does not accept this token; its log says why.", JOIN);
            session.close(CloseStatus.TOKEN_REFUSED);
            return false;
        }
        return failed("login-failed", "The login or the password is wrong.");
    }

    private boolean failed(String code, String message) {
        refused(code, message);
        if (++failedLogins >= MAX_FAILED_LOGINS) {
            session.close(CloseStatus.POLICY);
        }
        return false;
    }

    private boolean refused(String code, String message) {
        return refused(code, message, JOIN);
    }

    private boolean refused(String code, String message, String request) {
        session.send(new Envelope.Failure(code, message, request));
        return false;
    }
}
