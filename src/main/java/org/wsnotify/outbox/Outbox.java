package org.wsnotify.outbox;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is owed and not yet sent, kept durably.
 *
 * <p>What a method did is durable when it returns. Safe for use by many threads and, where the store is shared, by many
 * servers: {@link #claim} gives an entry to one of them at a time. Every method may block on the store and throws
 * {@link org.wsnotify.notification.StoreUnavailableException} if the store cannot be reached. Repeating a call is safe.
 *
 * @param <T> what is owed
 */
public interface Outbox<T> {

    /** Owes all entries. An entry whose id exists already is left unchanged, in whatever state it is. */
    void owe(List<OutboxEntry<T>> entries);

    /**
     * Claims the entry that has been due the longest. No other caller gets it until the lease ends, which is at
     * {@link OutboxEntry#dueAt} of the result. If the claimer dies, the entry is due again at that time.
     */
    Optional<OutboxEntry<T>> claim(Instant now, Duration lease);

    /**
     * Extends the lease of a claimed entry.
     *
     * @param claimed the entry as returned by {@link #claim} or by the last renewal
     * @return the entry with its new lease; empty if the claim was lost to another claimer
     */
    Optional<OutboxEntry<T>> renew(OutboxEntry<T> claimed, Instant leaseEnd);

    /**
     * Stores what became of a claimed entry.
     *
     * @param claimed the entry as returned by {@link #claim} or by the last renewal
     * @param settled the same entry with its outcome: done, dead, or owed again at another time
     * @return false if the claim was lost to another claimer; nothing was stored then
     */
    boolean settle(OutboxEntry<T> claimed, OutboxEntry<T> settled);

    /** Returns how much waits in the outbox. */
    OutboxStatus status();

    /** Forgets entries that are done or dead and were owed before {@code before}. */
    void forget(Instant before);
}
