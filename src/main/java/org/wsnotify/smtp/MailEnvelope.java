package org.wsnotify.smtp;

import jakarta.mail.Address;
import jakarta.mail.internet.InternetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.wsnotify.mail.EmailAddress;
import org.wsnotify.outbox.Addressee;
import org.wsnotify.outbox.MailReceipt;
import org.wsnotify.outbox.OutboxEntry;
import org.wsnotify.outbox.OwedMail;

/**
 * The addresses a mail goes to, each once, with the spellings of the addressees. Used by one thread.
 *
 * <p>Invalid addresses are refused here, for good.
 */
final class MailEnvelope {

    private static final String IMPOSSIBLE = "the address is invalid";

    private final Map<String, Set<String>> spellings = new LinkedHashMap<>();
    private final Set<String> impossible = new HashSet<>();
    private final Set<String> leftOut = new HashSet<>();
    private final int most;

    private MailEnvelope(int most) {
        this.most = most;
    }

    /** Returns the envelope for the addressees who still wait, with at most so many addresses. */
    static MailEnvelope of(OutboxEntry<OwedMail> entry, int most) {
        MailEnvelope envelope = new MailEnvelope(most);
        for (Addressee addressee : entry.owed().waiting()) {
            EmailAddress.parse(addressee.email())
                    .ifPresentOrElse(
                            address -> envelope.add(address, addressee.email()),
                            () -> envelope.impossible.add(addressee.email()));
        }
        return envelope;
    }

    boolean isEmpty() {
        return spellings.isEmpty();
    }

    /** Returns the addresses in ASCII. */
    List<String> addresses() {
        return List.copyOf(spellings.keySet());
    }

    InternetAddress[] internetAddresses() {
        return spellings.keySet().stream().map(MailEnvelope::internetAddress).toArray(InternetAddress[]::new);
    }

    /** Returns the outcome, in the spelling of the addressees. */
    MailReceipt receipt(List<String> sent, List<String> refused, String answer) {
        return receipt(sent, refused, List.of(), Map.of(), answer);
    }

    /**
     * Returns the outcome, in the spelling of the addressees.
     *
     * @param tooMany the addresses beyond the limit of the mail server
     * @param replies its replies to single addresses
     */
    MailReceipt receipt(
            List<String> sent, List<String> refused, List<String> tooMany, Map<String, String> replies, String answer) {
        Set<String> forGood = spelled(refused);
        forGood.addAll(impossible);
        Set<String> untried = spelled(tooMany);
        untried.addAll(leftOut);
        Map<String, String> words = new HashMap<>();
        replies.forEach((address, reply) -> spelled(List.of(address)).forEach(spelling -> words.put(spelling, reply)));
        impossible.forEach(spelling -> words.put(spelling, IMPOSSIBLE));
        return new MailReceipt(spelled(sent), forGood, untried, words, answer);
    }

    static List<String> addresses(Address[] addresses) {
        return addresses == null
                ? List.of()
                : Arrays.stream(addresses)
                        .map(address -> ((InternetAddress) address).getAddress())
                        .toList();
    }

    private void add(EmailAddress address, String spelling) {
        if (spellings.size() >= most && !spellings.containsKey(address.ascii())) {
            leftOut.add(spelling);
            return;
        }
        spellings.computeIfAbsent(address.ascii(), any -> new HashSet<>()).add(spelling);
    }

    private Set<String> spelled(List<String> addresses) {
        return new ArrayList<>(addresses)
                .stream()
                        .flatMap(address -> spellings.getOrDefault(address, Set.of()).stream())
                        .collect(Collectors.toCollection(HashSet::new));
    }

    private static InternetAddress internetAddress(String ascii) {
        InternetAddress address = new InternetAddress();
        address.setAddress(ascii);
        return address;
    }
}
