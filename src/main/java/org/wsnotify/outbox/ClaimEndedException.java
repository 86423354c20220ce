package org.wsnotify.outbox;

/** The claim on a mail has ended or is about to end. The mail was not sent: another server may be sending it. */
public class ClaimEndedException extends Exception {
    private static final long serialVersionUID = 1L;

    public ClaimEndedException() {
        super("the claim has ended or is about to end");
    }
}
