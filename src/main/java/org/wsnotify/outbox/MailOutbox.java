package org.wsnotify.outbox;

import java.util.List;
import java.util.Map;

/**
 * The outbox of mail.
 *
 * <p>The id of an entry starts with the id of its publication and a hyphen (see {@link MailPlan}), so that a store
 * finds the entries of a publication in the order of its keys.
 */
public interface MailOutbox extends Outbox<OwedMail> {

    /**
     * Returns the addressees of a publication's mail by the id of their entry, in whatever state it is. Forgotten
     * entries are not included.
     */
    Map<String, List<Addressee>> addresseesOf(String publication);
}
