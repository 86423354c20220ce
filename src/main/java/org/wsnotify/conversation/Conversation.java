package org.wsnotify.conversation;

import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.Executor;
import org.wsnotify.notification.StoreUnavailableException;
import org.wsnotify.session.BadMessageException;
import org.wsnotify.session.ClientMessage;
import org.wsnotify.session.ClientSession;
import org.wsnotify.session.Envelope;

/**
 * Handles the requests of one client in order and answers each. If a request fails, the answer is an error, and the
 * connection stays open.
 *
 * <p>There is one for each session. Any thread may call {@link #hear}, which does not block. The work is done on shared
 * executors, one request at a time.
 */
public final class Conversation {

    private final ClientSession session;
    private final SessionUser user;
    private final InboxAnswers answers;
    private final RequestQueues queues;
    private final SerialExecutor requests;
    private final Clock clock;

    /** The last join whose turn came after the session had ended. It is used if a change follows. */
    private ClientMessage.Join missedJoin;

    Conversation(ClientSession session, SessionUser user, InboxAnswers answers, RequestQueues queues, Clock clock) {
        this.session = session;
        this.user = user;
        this.answers = answers;
        this.queues = queues;
        this.requests = queues.newQueue();
        this.clock = clock;
    }

    /**
     * Takes a request, which is answered later. A change is made even if the session ends before its turn. Only a sign
     * of life is answered at once: it must not wait for the store.
     */
    public void hear(ClientMessage message) {
        if (message instanceof ClientMessage.Ping) {
            session.send(new Envelope.Pong());
            return;
        }
        Instant heard = clock.instant();
        if (message instanceof ClientMessage.Join) {
            user.asksToJoin(heard);
        }
        if (!requests.offer(
                task -> executorOf(message).execute(task),
                message.isRead() ? session.channel()::whenSent : Runnable::run,
                () -> answer(message, heard))) {
            tooManyRequests(message.name());
        }
    }

    /** Answers a message that could not be understood, in its turn. */
    public void hear(BadMessageException bad) {
        if (!requests.offer(queues.ofAddress(address()), () -> session.send(bad.answer()))) {
            tooManyRequests("");
        }
    }

    private Executor executorOf(ClientMessage message) {
        if (message instanceof ClientMessage.Join join) {
            return queues.ofLogin(address(), join.credentials());
        }
        if (message instanceof ClientMessage.Refresh refresh) {
            return queues.ofLogin(address(), refresh.credentials());
        }
        String known = user.id();
        return known == null ? queues.ofAddress(address()) : queues.ofUser(known);
    }

    private String address() {
        return session.channel().remoteAddress();
    }

    private void answer(ClientMessage message, Instant heard) {
        if (session.isRevoked()) {
            return;
        }
        try {
            if (!user.isConnected()) {
                afterEnd(message);
            } else if (message instanceof ClientMessage.Join join) {
                join(join, heard);
            } else if (user.id() == null) {
                fail("not-joined", "Send join first.", message.name());
            } else if (message instanceof ClientMessage.Leave) {
                user.leave();
            } else if (message instanceof ClientMessage.Refresh refresh) {
                user.refresh(refresh.credentials());
            } else if (!answers.answer(session, user.id(), message)) {
                tooMuchUnsent(message.name());
            }
        } catch (StoreUnavailableException e) {
            fail("store-unavailable", "The inbox is not available at the moment; try again later.", message.name());
        } catch (RuntimeException e) {
            fail("internal", "The server has failed.", message.name());
            throw e;
        }
    }

    /** Still makes the changes that the client asked for. Logs its user in only if there are any. */
    private void afterEnd(ClientMessage message) {
        if (message instanceof ClientMessage.Join join) {
            missedJoin = join;
        } else if (message instanceof ClientMessage.Leave) {
            missedJoin = null;
            user.leave();
        } else if (!message.isRead() && !(message instanceof ClientMessage.Refresh)) {
            if (missedJoin != null) {
                user.loginAfterEnd(missedJoin.credentials());
                missedJoin = null;
            }
            if (user.id() != null) {
                answers.answer(session, user.id(), message);
            }
        }
    }

    private void join(ClientMessage.Join join, Instant heard) {
        if (!user.join(join.credentials(), heard)) {
            return;
        }
        try {
            if (!answers.joined(user.id(), join.characters(), user::complete)) {
                tooMuchUnsent(join.name());
            }
        } catch (RuntimeException e) {
            user.leave();
            throw e;
        }
    }

    private void tooManyRequests(String request) {
        fail("busy", "Too many requests wait for an answer; send the next one later.", request);
    }

    private void tooMuchUnsent(String request) {
        fail("busy", "Too much waits to be sent to clients at the moment; try again later.", request);
    }

    private void fail(String code, String message, String request) {
        session.send(new Envelope.Failure(code, message, request));
    }
}
