package org.wsnotify.outbox;

import java.util.Set;

/**
 * What the mail server said to one envelope.
 *
 * @param sent the addresses it took responsibility for
 * @param refused the addresses it refused for good (5xx)
 * @param untried the addresses for which there was no room in this envelope: another one may be sent to them at once
 * @param answer its words, one line, no address in it where that can be avoided
 */
public record MailReceipt(Set<String> sent, Set<String> refused, Set<String> untried, String answer) {

    public MailReceipt {
        sent = Set.copyOf(sent);
        refused = Set.copyOf(refused);
        untried = Set.copyOf(untried);
    }

    /** There was room for all. */
    public MailReceipt(Set<String> sent, Set<String> refused, String answer) {
        this(sent, refused, Set.of(), answer);
    }
}
