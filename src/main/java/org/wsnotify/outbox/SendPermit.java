package org.wsnotify.outbox;

/**
 * Tells whether a claimed mail may still be handed to the mail server.
 *
 * <p>A server that was stopped, or cut off from the store, may have lost its claim to another one, which sends the mail
 * too. Ask as late as possible. Safe for use by many threads; does not block.
 */
@FunctionalInterface
public interface SendPermit {

    /** Returns whether the claim holds long enough. */
    boolean isValid();
}
