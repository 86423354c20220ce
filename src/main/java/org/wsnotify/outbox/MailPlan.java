package org.wsnotify.outbox;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.wsnotify.mail.EmailAddress;
import org.wsnotify.mail.Mail;

/**
 * Divides the mail of one publication into outbox entries.
 *
 * <p>An address gets the mail once, however many recipients share it. Recipients without an address get none. The same
 * publication gives the same entries with the same ids, so that owing them again changes nothing. If some of them were
 * owed before, when other users were online, their addresses are not planned again and their ids are not reused.
 *
 * <p>Used by one thread: first {@link #owe}, then {@link #holdBack}.
 */
public final class MailPlan {
    private final String publication;
    private final Mail mail;
    private final Instant createdAt;
    private final int chunk;
    private final Set<Object> planned = new HashSet<>();
    private final Set<String> taken;

    /**
     * @param publication the id of the publication's first notification
     * @param createdAt when it was published, in milliseconds
     * @param chunk how many addresses one envelope holds at most
     * @param before the entries of the publication that are owed already, from {@link MailOutbox#addresseesOf}
     */
    public MailPlan(String publication, Mail mail, Instant createdAt, int chunk, Map<String, List<Addressee>> before) {
        this.publication = Objects.requireNonNull(publication, "publication");
        this.mail = Objects.requireNonNull(mail, "mail");
        this.createdAt = Objects.requireNonNull(createdAt, "createdAt");
        if (chunk < 1) {
            throw new IllegalArgumentException("A chunk holds at least one address, not " + chunk);
        }
        this.chunk = chunk;
        this.taken = Set.copyOf(before.keySet());
        before.values().forEach(addressees -> addressees.forEach(one -> planned.add(address(one.email()))));
    }

    /**
     * Returns entries, due at once.
     *
     * @param force whether the recipients get the mail even if they see the notification before
     */
    public List<OutboxEntry<OwedMail>> owe(Collection<Addressee> recipients, boolean force) {
        return plan(recipients, "-", force ? new MailCondition.Always() : new MailCondition.UnlessSeen(), createdAt);
    }

    /**
     * Returns entries for recipients who seem to be present, and get the mail only if they give no sign of life before
     * {@code dueAt}. Addresses that are planned already are omitted. Recipients who share an address are in one entry:
     * the mail is sent if one of them is away.
     */
    public List<OutboxEntry<OwedMail>> holdBack(Collection<Addressee> recipients, Instant dueAt) {
        return plan(recipients, "-c", new MailCondition.UnlessPresent(), dueAt);
    }

    private List<OutboxEntry<OwedMail>> plan(
            Collection<Addressee> recipients, String mark, MailCondition condition, Instant dueAt) {
        List<List<Addressee>> byAddress = new ArrayList<>(byAddress(recipients));
        List<OutboxEntry<OwedMail>> entries = new ArrayList<>();
        int number = 0;
        for (int from = 0; from < byAddress.size(); from += chunk) {
            List<Addressee> addressees = byAddress.subList(from, Math.min(from + chunk, byAddress.size())).stream()
                    .flatMap(List::stream)
                    .toList();
            String id;
            do {
                number++;
                id = publication + mark + number;
            } while (taken.contains(id));
            OwedMail owed = new OwedMail(publication, mail, addressees, condition);
            entries.add(OutboxEntry.owed(id, owed, createdAt, dueAt));
        }
        return entries;
    }

    private Collection<List<Addressee>> byAddress(Collection<Addressee> recipients) {
        Map<Object, List<Addressee>> byAddress = new LinkedHashMap<>();
        for (Addressee recipient : recipients) {
            Object address = address(recipient.email());
            if (!recipient.email().isEmpty() && !planned.contains(address)) {
                List<Addressee> sharing = byAddress.computeIfAbsent(address, any -> new ArrayList<>());
                String spelling =
                        sharing.isEmpty() ? recipient.email() : sharing.get(0).email();
                sharing.add(recipient.withEmail(spelling));
            }
        }
        planned.addAll(byAddress.keySet());
        return byAddress.values();
    }

    /** Returns what is equal for all spellings of an address. */
    public static Object address(String email) {
        return EmailAddress.parse(email).<Object>map(address -> address).orElse(email);
    }
}
