package org.wsnotify.session;

/** A client's message is invalid. Carries the answer to the client. */
public class BadMessageException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String code;
    private final String request;

    /**
     * @param code stable, for programs
     * @param message for people
     * @param request the name of the envelope, or empty if it could not be read
     */
    public BadMessageException(String code, String message, String request) {
        super(message);
        this.code = code;
        this.request = request;
    }

    /** Returns the answer to the client. */
    public Envelope.Failure answer() {
        return new Envelope.Failure(code, getMessage(), request);
    }
}
