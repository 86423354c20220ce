package org.wsnotify.outbox;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The outbox of mail.
 *
 * <p>The id of an entry starts with the id of its publication and a hyphen (see {@link MailPlan}), so that a store
 * finds the entries of a publication in the order of its keys.
 */
public interface MailOutbox extends Outbox<OwedMail>, OwedMailLookup {

    /**
     * Returns the addressees of a publication's mail by the id of their entry, in whatever state it is. Forgotten
     * entries are not included.
     */
    Map<String, List<Addressee>> addresseesOf(String publication);

    /**
     * Notes that users are present, so that they need no held mail. Whoever claims such an entry afterwards finds them
     * {@link Addressee.Outcome#PRESENT} if they were waiting. That also holds for entries that are claimed during the
     * call: settling them loses nothing. Entries that are not held, not there, or not owed any more are left unchanged.
     *
     * @param users the users by their publication
     * @param at when that was found out, in store time and whole milliseconds; the first time counts
     */
    void present(Map<String, Set<String>> users, Instant at);
}
