package org.wsnotify.conversation;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.wsnotify.channel.CloseStatus;
import org.wsnotify.channel.OutgoingBudget;
import org.wsnotify.inbox.Inbox;
import org.wsnotify.login.LoginResult;
import org.wsnotify.login.LoginService;
import org.wsnotify.notification.StoreUnavailableException;
import org.wsnotify.session.BadMessageException;
import org.wsnotify.session.ClientMessage;
import org.wsnotify.session.ClientSession;
import org.wsnotify.session.Envelope;
import org.wsnotify.session.SessionRegistry;

/**
 * Handles the requests of one client in order and answers each. A request that cannot be done is answered with an error,
 * and the connection stays open.
 *
 * <p>One for each session. {@link #hear} may be called by any thread and does not block; the work is done on shared
 * executors, one request at a time.
 */
public final class Conversation {

    /** After so many failed logins the session is closed. */
    static final int MOST_FAILED_LOGINS = 20;

    /**
     * A client that waits longer for its login has given up, or soon will; checking its password would keep others
     * waiting.
     */
    static final Duration LONGEST_WAIT = Duration.ofSeconds(20);

    /** The parts that all conversations share. */
    public record Parts(
            SessionRegistry registry,
            LoginService logins,
            Inbox inbox,
            Limits limits,
            Executors executors,
            Clock clock) {}

    /**
     * What one user may use.
     *
     * @param sessions most sessions that one user has joined at the same time
     * @param outgoing the text that waits for all clients together
     */
    public record Limits(int sessions, OutgoingBudget outgoing) {}

    /**
     * Where the work is done.
     *
     * @param requests reads and writes the inbox, fairly by user, or by address before the join
     * @param logins checks passwords, which takes long: others must not wait behind it; fairly by address and login
     */
    public record Executors(FairExecutor requests, FairExecutor logins) {}

    private final ClientSession session;
    private final Parts parts;
    private final SerialExecutor requests;
    private volatile String user;
    private ClientMessage.Join missedJoin;
    private int failedLogins;

    /** @param requests runs the requests of this session in order */
    public Conversation(ClientSession session, Parts parts, SerialExecutor requests) {
        this.session = session;
        this.parts = parts;
        this.requests = requests;
    }

    /** Takes a request; it is answered later. What it changes is changed also when the session ends before. */
    public void hear(ClientMessage message) {
        Instant heard = parts.clock().instant();
        if (message instanceof ClientMessage.Join) {
            parts.registry().joining(session, heard);
        }
        if (!requests.offer(
                task -> executorOf(message).execute(task),
                message.isRead() ? session.channel()::whenSent : Runnable::run,
                () -> answer(message, heard))) {
            fail("busy", "Too many requests wait for an answer; send the next one later.", message.name());
        }
    }

    private Executor executorOf(ClientMessage message) {
        String address = session.channel().remoteAddress();
        if (message instanceof ClientMessage.Join join) {
            return parts.executors()
                    .logins()
                    .of(address + ' ' + join.credentials().subject());
        }
        String known = user;
        return parts.executors().requests().of(known == null ? "address " + address : "user " + known);
    }

    /** Answers something that could not be understood, in its turn. */
    public void hear(BadMessageException bad) {
        Executor executor =
                parts.executors().requests().of("address " + session.channel().remoteAddress());
        if (!requests.offer(executor, () -> session.send(bad.answer()))) {
            fail("busy", "Too many requests wait for an answer; send the next one later.", "");
        }
    }

    private void answer(ClientMessage message, Instant heard) {
        try {
            if (!parts.registry().isOpen(session)) {
                answerNobody(message);
            } else if (message instanceof ClientMessage.Join join) {
                join(join, heard);
            } else if (user == null) {
                fail("not-joined", "Send join with login and password first.", message.name());
            } else if (message.isRead()) {
                read(message, () -> answer(message, user));
            } else {
                answer(message, user);
            }
        } catch (StoreUnavailableException e) {
            fail("store-unavailable", "The inbox cannot be reached at the moment; try again later.", message.name());
        } catch (RuntimeException e) {
            fail("internal", "That went wrong on the server.", message.name());
            throw e;
        }
    }

    /**
     * The session has ended: only what the user wanted changed is done. Who the user is, is looked up only for that.
     */
    private void answerNobody(ClientMessage message) {
        if (message instanceof ClientMessage.Join join) {
            missedJoin = join;
        } else if (message instanceof ClientMessage.Leave) {
            missedJoin = null;
            user = null;
        } else if (!message.isRead()) {
            if (missedJoin != null) {
                user = login(missedJoin) instanceof LoginResult.Accepted accepted
                        ? accepted.user().id()
                        : user;
                missedJoin = null;
            }
            if (user != null) {
                answer(message, user);
            }
        }
    }

    private void read(ClientMessage message, Runnable reading) {
        if (!parts.limits().outgoing().build(reading)) {
            fail("busy", "Too much is on its way to clients at the moment; try again later.", message.name());
        }
    }

    private void answer(ClientMessage message, String user) {
        Inbox inbox = parts.inbox();
        if (message instanceof ClientMessage.ReadUnseen) {
            session.send(inbox.unseen(user));
        } else if (message instanceof ClientMessage.ReadPage content) {
            session.send(inbox.page(user, content.page()));
        } else if (message instanceof ClientMessage.ReadBefore content) {
            session.send(inbox.before(user, content.id()));
        } else if (message instanceof ClientMessage.MarkSeen seen) {
            if (inbox.markSeen(user, seen.ids()).isEmpty()) {
                session.send(new Envelope.Seen(List.of(), Optional.empty(), Optional.of(inbox.counts(user))));
            }
        } else if (message instanceof ClientMessage.MarkAllSeen) {
            inbox.markAllSeen(user);
        } else if (message instanceof ClientMessage.Delete delete) {
            if (inbox.delete(user, delete.ids()).isEmpty()) {
                session.send(new Envelope.Deleted(List.of(), Optional.of(inbox.counts(user))));
            }
        } else if (message instanceof ClientMessage.Leave) {
            leave();
        }
    }

    private void join(ClientMessage.Join join, Instant heard) {
        if (heard.plus(LONGEST_WAIT).isBefore(parts.clock().instant())) {
            unavailable();
            return;
        }
        LoginResult result = login(join);
        if (result instanceof LoginResult.Accepted accepted) {
            join(join, accepted.user().id());
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

    private LoginResult login(ClientMessage.Join join) {
        return parts.logins().login(join.credentials(), session.channel().remoteAddress());
    }

    private void unavailable() {
        fail("login-unavailable", "Nobody can log in at the moment; try again later.", "join");
    }

    private void join(ClientMessage.Join join, String userId) {
        if (!session.changesUser() && user != null && !user.equals(userId)) {
            fail("joined-already", "The session belongs to somebody else; leave it, or open another.", "join");
            return;
        }
        if (!parts.registry().beginJoin(session, userId, parts.limits().sessions())) {
            fail("too-many-sessions", "You are connected too often; close a tab or a device.", "join");
            return;
        }
        user = userId;
        try {
            read(join, () -> {
                Envelope.Joined joined =
                        new Envelope.Joined(userId, parts.inbox().counts(userId));
                parts.registry().completeJoin(session, joined, parts.inbox().unseen(userId));
            });
        } catch (RuntimeException e) {
            leave();
            throw e;
        }
    }

    private void leave() {
        user = null;
        parts.registry().leave(session, parts.clock().instant());
    }

    private void failed(String code, String message) {
        fail(code, message, "join");
        if (++failedLogins >= MOST_FAILED_LOGINS) {
            session.close(CloseStatus.POLICY);
        }
    }

    private void fail(String code, String message, String request) {
        session.send(new Envelope.Failure(code, message, request));
    }
}
