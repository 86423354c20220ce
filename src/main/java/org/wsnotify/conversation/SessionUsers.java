package org.wsnotify.conversation;

import java.time.Clock;
import org.wsnotify.login.LoginService;
import org.wsnotify.session.ClientSession;
import org.wsnotify.session.SessionRegistry;

/** Logs users in and joins their sessions, the same way for all sessions. Safe for use by many threads. */
public final class SessionUsers {

    private final SessionRegistry registry;
    private final LoginService logins;
    private final int maxSessions;
    private final Clock clock;

    /** @param maxSessions how many sessions one user may have joined at the same time */
    public SessionUsers(SessionRegistry registry, LoginService logins, int maxSessions, Clock clock) {
        this.registry = registry;
        this.logins = logins;
        this.maxSessions = maxSessions;
        this.clock = clock;
    }

    /** Returns the user of a session, who has not joined yet. */
    SessionUser of(ClientSession session) {
        return new SessionUser(session, registry, logins, maxSessions, clock);
    }
}
