package org.wsnotify.outbox;

import java.util.Set;

/**
 * What the mail server said to one envelope.
 *
 * @param sent the addresses it took responsibility for
 * @param refused the addresses it refused for good (5xx)
 * @param answer its words, one line, no address in it where that can be avoided
 */
public record MailReceipt(Set<String> sent, Set<String> refused, String answer) {

    public MailReceipt {
        sent = Set.copyOf(sent);
        refused = Set.copyOf(refused);
    }
}
