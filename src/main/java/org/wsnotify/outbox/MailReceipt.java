package org.wsnotify.outbox;

import java.util.Set;

/**
 * The mail server's answer to one envelope. Immutable.
 *
 * @param sent the addresses that it accepted
 * @param refused the addresses that it refused for good (5xx)
 * @param untried the addresses that did not fit into this envelope; another one may be sent to them at once
 * @param answer its words in one line, without addresses as far as possible
 */
public record MailReceipt(Set<String> sent, Set<String> refused, Set<String> untried, String answer) {

    public MailReceipt {
        sent = Set.copyOf(sent);
        refused = Set.copyOf(refused);
        untried = Set.copyOf(untried);
    }

    /** All addresses fitted into the envelope. */
    public MailReceipt(Set<String> sent, Set<String> refused, String answer) {
        this(sent, refused, Set.of(), answer);
    }
}
