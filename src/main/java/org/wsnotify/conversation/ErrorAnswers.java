package org.wsnotify.conversation;

import org.wsnotify.notification.StoreUnavailableException;
import org.wsnotify.session.ClientSession;
import org.wsnotify.session.Envelope;

/**
 * Tells one client that a request could not be done. Its connection stays open.
 *
 * <p>Lives as long as its session. Safe for use by many threads; no method blocks.
 */
final class ErrorAnswers {

    private static final System.Logger LOG = System.getLogger(ErrorAnswers.class.getName());

    private final ClientSession session;

    ErrorAnswers(ClientSession session) {
        this.session = session;
    }

    void notJoined(String request) {
        fail("not-joined", "Send join first.", request);
    }

    void tooManyRequests(String request) {
        fail("busy", "Too many requests wait for an answer; send the next one later.", request);
    }

    void tooMuchUnsent(String request) {
        fail("busy", "Too much waits to be sent to clients at the moment; try again later.", request);
    }

    /** Logs the reason, unless it is that the store is down. */
    void failed(String request, Throwable why) {
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
