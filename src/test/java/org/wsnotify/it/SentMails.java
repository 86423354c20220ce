package org.wsnotify.it;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.wsnotify.smtp.SmtpStub;

/** The mails of all servers of a cluster, by publication and recipient. */
record SentMails(Map<Key, List<Mail>> all) {

    /**
     * @param subject the publication's
     * @param user the recipient, whose address is {@code USER@example.org}
     */
    record Key(String subject, String user) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            return (subject + " " + user).compareTo(other.subject + " " + other.user);
        }
    }

    /** One mail, as it arrived. */
    record Mail(String messageId, Instant at) {}

    static SentMails of(Cluster cluster) {
        Map<Key, List<Mail>> all = new TreeMap<>();
        for (SmtpStub.Received mail : cluster.mails()) {
            for (String recipient : mail.recipients()) {
                Key key = new Key(mail.header("Subject"), recipient.replace("@example.org", ""));
                all.computeIfAbsent(key, any -> new ArrayList<>()).add(new Mail(mail.header("Message-ID"), mail.at()));
            }
        }
        return new SentMails(all);
    }

    List<Mail> to(String user, String subject) {
        return all.getOrDefault(new Key(subject, user), List.of());
    }

    int count() {
        return all.values().stream().mapToInt(List::size).sum();
    }
}
