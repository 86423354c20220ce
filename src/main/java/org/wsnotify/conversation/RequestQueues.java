package org.wsnotify.conversation;

import java.util.concurrent.Executor;
import org.wsnotify.login.Credentials;

/**
 * Where the requests of clients wait and run: each session has its own queue, and users take turns on shared threads.
 *
 * <p>Safe for use by many threads.
 */
public final class RequestQueues {

    private final FairExecutor requests;
    private final FairExecutor logins;
    private final int maxWaiting;

    /**
     * @param requests reads and writes inboxes
     * @param logins checks passwords; apart from the requests, because a check may take long
     * @param maxWaiting how many requests of one session may wait
     */
    public RequestQueues(FairExecutor requests, FairExecutor logins, int maxWaiting) {
        this.requests = requests;
        this.logins = logins;
        this.maxWaiting = maxWaiting;
    }

    /** Creates the queue of a session. */
    SerialExecutor newQueue() {
        return new SerialExecutor(maxWaiting);
    }

    /** Runs the requests of a user, over all sessions of the user. */
    Executor ofUser(String userId) {
        return requests.of("user " + userId);
    }

    /** Runs requests from an address that no user has joined from yet. */
    Executor ofAddress(String address) {
        return requests.of("address " + address);
    }

    /** Runs the work for all who join. */
    public Executor ofJoins() {
        return requests.of("joins");
    }

    /** Reads what is told to those who join: apart from their logins, which would all be checked before. */
    Executor ofJoinAnswers() {
        return requests.of("answers to joins");
    }

    /** Runs the logins that an address tries for one account. */
    Executor ofLogin(String address, Credentials credentials) {
        return logins.of(address + ' ' + credentials.subject());
    }
}
