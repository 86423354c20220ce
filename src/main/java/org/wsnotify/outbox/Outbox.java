package org.wsnotify.outbox;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The mail that is owed and not yet sent, kept durably.
 *
 * <p>What a method did is durable when it returns. Safe for use by many threads and, where the store is shared, many
 * servers: {@link #claim} gives an entry to one of them at a time. Every method may block on the store and throws
 * {@link org.wsnotify.notification.StoreUnavailableException} when it cannot be reached; doing the same again is safe.
 */
public interface Outbox {

    /** Owes all entries. One that exists already, by its id, is left as it is, whatever became of it. */
    void owe(List<OutboxEntry> entries);

    /**
     * Whom a publication's entries are for, by the id of the entry, whatever became of it: those whose ids begin with
     * the publication's and a hyphen. Entries that are forgotten are not among them.
     */
    Map<String, List<Addressee>> addresseesOf(String publication);

    /**
     * Claims the entry that has been due the longest: it is given to nobody else until the lease ends, at
     * {@link OutboxEntry#dueAt} of the answer. An entry whose claimer died is due again then.
     */
    Optional<OutboxEntry> claim(Instant now, Duration lease);

    /**
     * Prolongs the lease of a claimed entry.
     *
     * @param claimed the entry as {@link #claim} or the last renewal gave it
     * @return the entry with its new lease; empty when the claim was lost to somebody else meanwhile
     */
    Optional<OutboxEntry> renew(OutboxEntry claimed, Instant leaseEnd);

    /**
     * Stores what became of a claimed entry.
     *
     * @param claimed the entry as {@link #claim} or the last renewal gave it
     * @param settled the same entry with its outcome: done, dead, or owed again at another time
     * @return false when the claim was lost to somebody else meanwhile: then nothing was stored
     */
    boolean settle(OutboxEntry claimed, OutboxEntry settled);

    /** What waits in the outbox. */
    OutboxStatus status();

    /** Forgets entries that are done or dead and older than {@code before}. */
    void forget(Instant before);
}
