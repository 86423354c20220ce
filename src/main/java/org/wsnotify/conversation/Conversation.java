package org.wsnotify.conversation;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.wsnotify.delivery.Inbox;
import org.wsnotify.inbox.StoreUnavailableException;
import org.wsnotify.login.LoginResult;
import org.wsnotify.login.LoginService;
import org.wsnotify.session.ClientSession;
import org.wsnotify.session.CloseReason;
import org.wsnotify.session.Envelope;
import org.wsnotify.session.SerialExecutor;
import org.wsnotify.session.SessionRegistry;

/**
 * The talk with one client: what it asks is done in order and answered; what cannot be done is answered with an error, and the
 * connection lives.
 *
 * <p>One for each session. {@link #hear} may be called by any thread and does not block; the work is done on shared executors, one request at a
 * time.
 */
public final class Conversation {

    /** After so many failed logins the session is closed. */
    static final int MOST_FAILED_LOGINS = 20;

    /** A client that waits longer for its login has given up, or soon will; checking its password would keep others waiting. */
    static final Duration LONGEST_WAIT = Duration.ofSeconds(20);

    /** The parts that all conversations share. */
    public record Parts(SessionRegistry registry, LoginService logins, Inbox inbox, Executors executors, Clock clock) {}

    /**
     * Where the work is done.
     *
     * @param requests reads and writes the inbox
     * @param logins checks passwords, which takes long: others must not wait behind it
     */
    public record Executors(Executor requests, Executor logins) {}

    private final ClientSession session;
    private final Parts parts;
    private final SerialExecutor requests;
    private int failedLogins;

    /** @param requests runs the requests of this session in order */
    public Conversation(ClientSession session, Parts parts, SerialExecutor requests) {
        this.session = session;
        this.parts = parts;
        this.requests = requests;
    }

    /** Takes a request; it is answered later. */
    public void hear(ClientMessage message) {
        Executor executor = message instanceof ClientMessage.Join
                ? parts.executors().logins()
                : parts.executors().requests();
        Instant heard = parts.clock().instant();
        if (!requests.offer(executor, () -> answer(message, heard))) {
            fail("busy", "Too many requests wait for an answer; send the next one later.", message.name());
        }
    }

    /** Answers something that could not be understood, in its turn. */
    public void hear(BadMessageException bad) {
        if (!requests.offer(parts.executors().requests(), () -> session.send(bad.answer()))) {
            fail("busy", "Too many requests wait for an answer; send the next one later.", "");
        }
    }

    private void answer(ClientMessage message, Instant heard) {
        if (!parts.registry().isOpen(session)) {
            return; // nobody is there to answer
        }
        try {
            if (message instanceof ClientMessage.Join join) {
                join(join, heard);
                return;
            }
            Optional<String> user = parts.registry().userOf(session);
            if (user.isEmpty()) {
                fail("not-joined", "Send join with login and password first.", message.name());
                return;
            }
            answer(message, user.get());
        } catch (StoreUnavailableException e) {
            fail("store-unavailable", "The inbox cannot be reached at the moment; try again later.", message.name());
        } catch (RuntimeException e) {
            fail("internal", "That went wrong on the server.", message.name());
            throw e;
        }
    }

    private void answer(ClientMessage message, String user) {
        Inbox inbox = parts.inbox();
        if (message instanceof ClientMessage.Unseen) {
            session.send(inbox.unseen(user));
        } else if (message instanceof ClientMessage.Content content) {
            session.send(inbox.page(user, content.page()));
        } else if (message instanceof ClientMessage.ContentBefore content) {
            session.send(inbox.before(user, content.id()));
        } else if (message instanceof ClientMessage.Seen seen) {
            if (inbox.markSeen(user, seen.ids()).isEmpty()) {
                session.send(new Envelope.Seen(List.of(), Optional.empty(), Optional.of(inbox.counts(user))));
            }
        } else if (message instanceof ClientMessage.SeenAll) {
            inbox.markAllSeen(user);
        } else if (message instanceof ClientMessage.Delete delete) {
            if (inbox.delete(user, delete.ids()).isEmpty()) {
                session.send(new Envelope.Deleted(List.of(), Optional.of(inbox.counts(user))));
            }
        } else if (message instanceof ClientMessage.Leave) {
            parts.registry().leave(session);
        }
    }

    private void join(ClientMessage.Join join, Instant heard) {
        if (heard.plus(LONGEST_WAIT).isBefore(parts.clock().instant())) {
            unavailable();
            return;
        }
        LoginResult result = parts.logins().login(join.credentials(), session.remoteAddress());
        if (result instanceof LoginResult.Accepted accepted) {
            join(accepted.userId());
        } else if (result instanceof LoginResult.Rejected) {
            failed("login-failed", "The login or the password is wrong.");
        } else if (result instanceof LoginResult.TooManyAttempts wait) {
            failed(
                    "too-many-attempts",
                    "Too many failed logins; try again in "
                            + Math.max(1, wait.retryAfter().toSeconds()) + " seconds.");
        } else {
            unavailable();
        }
    }

    private void unavailable() {
        fail("login-unavailable", "Nobody can log in at the moment; try again later.", "join");
    }

    private void join(String userId) {
        Optional<String> before = parts.registry().userOf(session);
        if (!session.changesUser() && before.isPresent() && !before.get().equals(userId)) {
            fail("joined-already", "The session belongs to somebody else; leave it, or open another.", "join");
            return;
        }
        parts.registry().beginJoin(session, userId);
        try {
            Envelope.Joined joined = new Envelope.Joined(userId, parts.inbox().counts(userId));
            parts.registry().completeJoin(session, joined, parts.inbox().unseen(userId));
        } catch (RuntimeException e) {
            parts.registry().leave(session);
            throw e;
        }
    }

    private void failed(String code, String message) {
        fail(code, message, "join");
        if (++failedLogins >= MOST_FAILED_LOGINS) {
            session.close(CloseReason.POLICY);
        }
    }

    private void fail(String code, String message, String request) {
        session.send(new Envelope.Failure(code, message, request));
    }
}
