package org.wsnotify.conversation;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.wsnotify.login.AuthenticatedUser;
import org.wsnotify.notification.StoreUnavailableException;
import org.wsnotify.notification.UnseenCounts;
import org.wsnotify.session.ClientMessage;

/**
 * The join of one session, from the accepted login to the answer. It goes on with those of other clients: {@link Joins}.
 *
 * <p>Ends once, with the answer or an error, and says so: the next request of the session waits for that. Its methods
 * are called one after another, from any thread, and do not wait for the store. What must be read for the answer is read
 * on an executor.
 */
final class SessionJoin implements Joins.Joining {

    private final SessionUser user;
    private final Accepted login;
    private final InboxAnswers answers;
    private final Executor reading;
    private final ErrorAnswers errors;
    private final Runnable ended;
    private volatile boolean begun;
    private volatile boolean over;

    /**
     * A login that was accepted.
     *
     * @param who its user
     * @param request the request of the client
     * @param since when it was accepted
     */
    record Accepted(AuthenticatedUser who, ClientMessage.Join request, Instant since) {}

    /**
     * @param reading reads what the client is told, which waits for the store
     * @param ended is called at the end, once
     */
    SessionJoin(
            SessionUser user,
            Accepted login,
            InboxAnswers answers,
            Executor reading,
            ErrorAnswers errors,
            Runnable ended) {
        this.user = user;
        this.login = login;
        this.answers = answers;
        this.reading = reading;
        this.errors = errors;
        this.ended = ended;
    }

    @Override
    public String userId() {
        return login.who().id();
    }

    @Override
    public boolean begin() {
        begun = true;
        if (!user.begin(login.who())) {
            begun = false;
            end();
        }
        return begun;
    }

    @Override
    public boolean isInTime() {
        if (!user.isConnected()) {
            end();
        } else if (user.isLate(login.since())) {
            failed(new StoreUnavailableException("the join waited for too long"));
        }
        return !over;
    }

    private void end() {
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
            reading.execute(() -> read(counts));
        } catch (RejectedExecutionException e) {
            user.leave();
            errors.tooManyRequests(login.request().name());
            end();
        }
    }

    private boolean isToldAll(Optional<UnseenCounts> counts) {
        return counts.isPresent()
                && answers.joinedWithout(userId(), counts.get(), login.request().characters(), user::complete);
    }

    private void read(Optional<UnseenCounts> counts) {
        if (over) {
            return;
        }
        try {
            if (user.isConnected()
                    && !answers.joined(userId(), counts, login.request().characters(), user::complete)) {
                user.leave();
                errors.tooMuchUnsent(login.request().name());
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
            errors.failed(login.request().name(), why);
        } finally {
            end();
        }
    }
}
