package org.wsnotify.smtp;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Distinguishes the recipient limit of a mail server (RFC 5321, 4.5.3.1.10) from the refusal of a single recipient.
 *
 * <p>The enhanced status code X.5.3 (RFC 3463) means the limit. Without a code, the limit is a 452, or 552 in RFC 821,
 * after which no recipient was accepted, if the text says "too many" or there are two such replies. A full mailbox is
 * refused alone.
 */
final class TooManyRecipients {
    private static final Pattern LIMIT = Pattern.compile("^[45][0-9][0-9][ -][45]\\.5\\.3\\b.*", Pattern.DOTALL);
    private static final Pattern BARE =
            Pattern.compile("^(452|552)[ -](?![245]\\.[0-9]{1,3}\\.[0-9]{1,3}\\b)(.*)", Pattern.DOTALL);
    private static final Pattern WORDS = Pattern.compile("(?i)too many");

    private TooManyRecipients() {}

    /**
     * Returns the addresses that were refused only because of the limit.
     *
     * @param envelope all addresses in the order of sending
     * @param taken the accepted ones, at least one
     * @param refusals its replies to the others, in the same order
     */
    static List<String> among(List<String> envelope, List<String> taken, List<String> refusals) {
        List<String> others = new ArrayList<>(envelope);
        others.removeAll(taken);
        if (taken.isEmpty() || others.size() != refusals.size()) {
            return List.of();
        }
        List<String> tooMany = new ArrayList<>();
        for (int i = 0; i < others.size(); i++) {
            if (LIMIT.matcher(refusals.get(i)).matches()) {
                tooMany.add(others.get(i));
            }
        }
        return tooMany.isEmpty() ? withoutCode(envelope, taken, others, refusals) : tooMany;
    }

    private static List<String> withoutCode(
            List<String> envelope, List<String> taken, List<String> others, List<String> refusals) {
        int lastTaken = envelope.lastIndexOf(taken.get(taken.size() - 1));
        List<String> after = envelope.subList(lastTaken + 1, envelope.size());
        List<String> replies = refusals.subList(others.size() - after.size(), refusals.size());
        boolean bare = replies.stream().allMatch(reply -> BARE.matcher(reply).matches());
        boolean said = !replies.isEmpty() && WORDS.matcher(replies.get(0)).find();
        return bare && (said || replies.size() > 1) ? List.copyOf(after) : List.of();
    }
}
