package org.wsnotify.conversation;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.wsnotify.login.AuthenticatedUser;
import org.wsnotify.notification.StoreUnavailableException;
import org.wsnotify.notification.UnseenCounts;
import org.wsnotify.session.BadMessageException;
import org.wsnotify.session.ClientMessage;
import org.wsnotify.session.ClientSession;
import org.wsnotify.session.Envelope;

/**
 * Handles the requests of one client in order and answers each. If a request fails, the answer is an error, and the
 * connection stays open. A join goes on with those of other clients: {@link Joins}.
 *
 * <p>There is one for each session. Any thread may call {@link #hear}, which does not block. The work is done on shared
 * executors, one request at a time.
 */
public final class Conversation {

    private static final System.Logger LOG = System.getLogger(Conversation.class.getName());

    private final ClientSession session;
    private final SessionUser user;
    private final InboxAnswers answers;
    private final Joins joins;
    private final RequestQueues queues;
    private final SerialExecutor requests;
    private final Clock clock;

    /** The last join whose turn came after the session had ended. It is used if a change follows. */
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
            tooManyRequests(message.name());
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
            tooManyRequests("");
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
                fail("not-joined", "Send join first.", message.name());
            } else if (message instanceof ClientMessage.Leave) {
                user.leave();
            } else if (message instanceof ClientMessage.Refresh refresh) {
                user.refresh(refresh.credentials());
            } else if (!answers.answer(session, user.id(), message)) {
                tooMuchUnsent(message.name());
            }
        } catch (RuntimeException | Error e) {
            fail(message.name(), e);
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
        logIn(join, heard).ifPresentOrElse(known -> joins.join(new JoinUnderWay(known, join, ended)), ended);
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
            fail(join.name(), e);
            return Optional.empty();
        }
    }

    /** This session, whose user has logged in. The next request waits for its end. */
    private final class JoinUnderWay implements Joins.Joining {

        private final AuthenticatedUser who;
        private final ClientMessage.Join request;
        private final Instant since = clock.instant();
        private final Runnable ended;
        private volatile boolean begun;
        private volatile boolean over;

        JoinUnderWay(AuthenticatedUser who, ClientMessage.Join request, Runnable ended) {
            this.who = who;
            this.request = request;
            this.ended = ended;
        }

        @Override
        public String userId() {
            return who.id();
        }

        @Override
        public boolean begin() {
            begun = true;
            if (!user.begin(who)) {
                begun = false;
                end();
            }
            return begun;
        }

        @Override
        public boolean isInTime() {
            if (!user.isConnected()) {
                end();
            } else if (user.isLate(since)) {
                failed(new StoreUnavailableException("the join waited for too long"));
            }
            return !over;
        }

        /** If the session has ended without the user, a change that follows logs in again. */
        private void end() {
            if (user.id() == null && !user.isConnected()) {
                missedJoin = request;
            }
            over = true;
            ended.run();
        }

        @Override
        public void counted(Optional<UnseenCounts> counts) {
            if (!user.isConnected() || isToldAll(counts)) {
                end();
                return;
            }
            try {
                queues.ofJoinAnswers().execute(() -> read(counts));
            } catch (RejectedExecutionException e) {
                user.leave();
                tooManyRequests(request.name());
                end();
            }
        }

        private boolean isToldAll(Optional<UnseenCounts> counts) {
            return counts.isPresent()
                    && answers.joinedWithout(userId(), counts.get(), request.characters(), user::complete);
        }

        private void read(Optional<UnseenCounts> counts) {
            if (over) {
                return;
            }
            try {
                if (user.isConnected() && !answers.joined(userId(), counts, request.characters(), user::complete)) {
                    user.leave();
                    tooMuchUnsent(request.name());
                }
                end();
            } catch (RuntimeException | Error e) {
                failed(e);
            }
        }

        /** Until the join has begun, the session keeps the user that it had. */
        @Override
        public void failed(Throwable why) {
            if (over) {
                return;
            }
            if (begun) {
                user.leave();
            }
            try {
                fail(request.name(), why);
            } finally {
                end();
            }
        }
    }

    private void tooManyRequests(String request) {
        fail("busy", "Too many requests wait for an answer; send the next one later.", request);
    }

    private void tooMuchUnsent(String request) {
        fail("busy", "Too much waits to be sent to clients at the moment; try again later.", request);
    }

    private void fail(String request, Throwable why) {
        if (why instanceof StoreUnavailableException) {
            fail("store-unavailable", "The inbox is not available at the moment; try again later.", request);
        } else {
            LOG.log(System.Logger.Level.ERROR, "a client's request failed", why);
            fail("internal", "The server has failed.", request);
        }
    }

    private void fail(String code, String message, String request) {
        session.send(new Envelope.Failure(code, message, request));
    }
}
