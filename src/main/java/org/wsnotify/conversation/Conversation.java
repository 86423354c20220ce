package org.wsnotify.conversation;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.wsnotify.login.AuthenticatedUser;
import org.wsnotify.session.BadMessageException;
import org.wsnotify.session.ClientMessage;
import org.wsnotify.session.ClientSession;
import org.wsnotify.session.Envelope;

/**
 * Keeps the order of one client's requests: each begins where it may run, when the one before it has ended. If a request
 * fails, the answer is an error, and the connection stays open. A join goes on with those of other clients: {@link
 * SessionJoin}.
 *
 * <p>There is one for each session. Any thread may call {@link #hear}, which does not block. The work is done on shared
 * executors, one request at a time.
 */
public final class Conversation {

    private final ClientSession session;
    private final SessionUser user;
    private final InboxAnswers answers;
    private final ErrorAnswers errors;
    private final Joins joins;
    private final RequestQueues queues;
    private final SerialExecutor requests;
    private final Clock clock;

    /** The last join whose user had not joined when the session ended. It is used if a change follows. */
    private volatile ClientMessage.Join missedJoin;

    Conversation(
            ClientSession session,
            SessionUser user,
            InboxAnswers answers,
            Joins joins,
            RequestQueues queues,
            Clock clock) {
        this.session = session;
        this.user = user;
        this.answers = answers;
        this.errors = new ErrorAnswers(session);
        this.joins = joins;
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
        boolean queued = message instanceof ClientMessage.Join join ? queue(join) : queue(message);
        if (!queued) {
            errors.tooManyRequests(message.name());
        }
    }

    private boolean queue(ClientMessage.Join join) {
        Instant heard = clock.instant();
        user.asksToJoin(heard);
        return requests.offer(queues.ofLogin(address(), join.credentials()), ended -> join(join, heard, ended));
    }

    private boolean queue(ClientMessage message) {
        return requests.offer(
                task -> executorOf(message).execute(task),
                message.isRead() ? session.channel()::whenSent : Runnable::run,
                () -> answer(message));
    }

    /** Answers a message that could not be understood, in its turn. */
    public void hear(BadMessageException bad) {
        if (!requests.offer(queues.ofAddress(address()), () -> session.send(bad.answer()))) {
            errors.tooManyRequests("");
        }
    }

    private Executor executorOf(ClientMessage message) {
        if (message instanceof ClientMessage.Refresh refresh) {
            return queues.ofLogin(address(), refresh.credentials());
        }
        String known = user.id();
        return known == null ? queues.ofAddress(address()) : queues.ofUser(known);
    }

    private String address() {
        return session.channel().remoteAddress();
    }

    private void answer(ClientMessage message) {
        if (session.isRevoked()) {
            return;
        }
        try {
            if (!user.isConnected()) {
                afterEnd(message);
            } else if (user.id() == null) {
                errors.notJoined(message.name());
            } else if (message instanceof ClientMessage.Leave) {
                user.leave();
            } else if (message instanceof ClientMessage.Refresh refresh) {
                user.refresh(refresh.credentials());
            } else if (!answers.answer(session, user.id(), message)) {
                errors.tooMuchUnsent(message.name());
            }
        } catch (RuntimeException | Error e) {
            errors.failed(message.name(), e);
        }
    }

    /** Still makes the changes that the client asked for. Logs its user in only if there are any. */
    private void afterEnd(ClientMessage message) {
        if (message instanceof ClientMessage.Leave) {
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

    private void join(ClientMessage.Join join, Instant heard, Runnable ended) {
        logIn(join, heard).ifPresentOrElse(who -> goOn(join, who, ended), ended);
    }

    private void goOn(ClientMessage.Join join, AuthenticatedUser who, Runnable ended) {
        SessionJoin.Accepted login = new SessionJoin.Accepted(who, join, clock.instant());
        joins.join(new SessionJoin(user, login, answers, queues.ofJoinAnswers(), errors, () -> {
            noteIfMissed(join);
            ended.run();
        }));
    }

    /** If the session has ended without the user, a change that follows logs in again. */
    private void noteIfMissed(ClientMessage.Join join) {
        if (user.id() == null && !user.isConnected()) {
            missedJoin = join;
        }
    }

    private Optional<AuthenticatedUser> logIn(ClientMessage.Join join, Instant heard) {
        if (session.isRevoked()) {
            return Optional.empty();
        }
        if (!user.isConnected()) {
            missedJoin = join;
            return Optional.empty();
        }
        try {
            return user.logIn(join.credentials(), heard);
        } catch (RuntimeException | Error e) {
            errors.failed(join.name(), e);
            return Optional.empty();
        }
    }
}
