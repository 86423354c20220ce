package org.wsnotify.outbox;

import java.util.Map;
import java.util.Set;

/**
 * The mail server's answer to one envelope. Immutable.
 *
 * @param sent the addresses that it accepted
 * @param refused the addresses that it refused for good (5xx)
 * @param untried the addresses that did not fit into this envelope; another one may be sent to them at once
 * @param replies its words about single addresses that it did not accept, where it is known which is meant
 * @param answer its words in one line, without addresses as far as possible
 */
public record MailReceipt(
        Set<String> sent, Set<String> refused, Set<String> untried, Map<String, String> replies, String answer) {

    public MailReceipt {
        sent = Set.copyOf(sent);
        refused = Set.copyOf(refused);
        untried = Set.copyOf(untried);
        replies = Map.copyOf(replies);
    }

    /** The answer is about the envelope as a whole. */
    public MailReceipt(Set<String> sent, Set<String> refused, Set<String> untried, String answer) {
        this(sent, refused, untried, Map.of(), answer);
    }

    /** All addresses fitted into the envelope, and the answer is about all. */
    public MailReceipt(Set<String> sent, Set<String> refused, String answer) {
        this(sent, refused, Set.of(), answer);
    }

    /** Returns why an address was not accepted, as far as that is known. */
    String replyTo(String address) {
        return replies.getOrDefault(address, answer);
    }
}
