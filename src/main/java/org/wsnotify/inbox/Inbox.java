package org.wsnotify.inbox;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.wsnotify.notification.Notification;
import org.wsnotify.notification.StoreUnavailableException;
import org.wsnotify.notification.UnseenCounts;
import org.wsnotify.session.Envelope;

/**
 * What a user does with what he keeps; every change is told to all of his sessions with the counts after it.
 *
 * <p>Safe for use by many threads. Every method reads or writes the store and may block; it throws
 * {@link org.wsnotify.notification.StoreUnavailableException} when the store is down.
 */
public final class Inbox {

    /**
     * How much is given at once.
     *
     * @param pageSize notifications on a page
     * @param unseen most notifications in an answer to {@code unseen}
     * @param unseenCharacters most text in it; at least one notification is always given
     */
    public record Limits(int pageSize, int unseen, long unseenCharacters) {}

    private final NotificationStore store;
    private final UnseenLedger ledger;
    private final CountsRefresher refresher;
    private final Devices devices;
    private final Limits limits;
    private final Clock clock;

    public Inbox(
            NotificationStore store,
            UnseenLedger ledger,
            CountsRefresher refresher,
            Devices devices,
            Limits limits,
            Clock clock) {
        this.store = store;
        this.ledger = ledger;
        this.refresher = refresher;
        this.devices = devices;
        this.limits = limits;
        this.clock = clock;
    }

    /** What the user has not seen, oldest first. */
    public Envelope.Notifications unseen(String userId) {
        return answer(store.unseen(userId, limits.unseen(), limits.unseenCharacters()), new Envelope.Question.Unseen());
    }

    /** A page of what the user keeps, newest first, counted from 0. */
    public Envelope.Notifications page(String userId, int page) {
        long skip = (long) page * limits.pageSize();
        List<Notification> items =
                skip > Integer.MAX_VALUE ? List.of() : store.page(userId, (int) skip, limits.pageSize());
        return answer(items, new Envelope.Question.Page(page));
    }

    /** What the user keeps and is older than an id, newest first, up to a page. */
    public Envelope.Notifications before(String userId, String id) {
        return answer(store.before(userId, id, limits.pageSize()), new Envelope.Question.Before(id));
    }

    /** The user's counts, from the store. */
    public UnseenCounts counts(String userId) {
        UnseenLedger.Reading reading = ledger.refresh(userId);
        if (!reading.certain()) {
            refresher.refreshSoon(userId);
        }
        return reading.counts();
    }

    /**
     * Marks notifications seen and tells all sessions of the user.
     *
     * @return the ids that are the user's own
     */
    public List<String> markSeen(String userId, List<String> ids) {
        List<String> own = changing(userId, () -> store.markSeen(userId, ids, now()));
        if (!own.isEmpty()) {
            tell(userId, counts -> new Envelope.Seen(own, Optional.empty(), counts));
        }
        return own;
    }

    /** Marks everything seen that the user keeps up to now, and tells all sessions of the user. */
    public void markAllSeen(String userId) {
        Optional<String> newest = changing(userId, () -> store.markAllSeen(userId, now()));
        tell(userId, counts -> new Envelope.Seen(List.of(), newest, counts));
    }

    /**
     * Deletes notifications and tells all sessions of the user.
     *
     * @return the ids that were the user's own
     */
    public List<String> delete(String userId, List<String> ids) {
        List<String> own = changing(userId, () -> store.delete(userId, ids, now()));
        if (!own.isEmpty()) {
            tell(userId, counts -> new Envelope.Deleted(own, counts));
        }
        return own;
    }

    /** What was changed is told in any case: where the counts are not known, they follow. */
    private void tell(String userId, Function<Optional<UnseenCounts>, Envelope> envelope) {
        boolean certain = false;
        try {
            certain = ledger.tell(userId, counts -> devices.tell(userId, envelope.apply(counts)))
                    .certain();
        } catch (StoreUnavailableException e) {
            devices.tell(userId, envelope.apply(Optional.empty()));
        }
        if (!certain) {
            refresher.refreshSoon(userId);
        }
    }

    private <T> T changing(String userId, Supplier<T> change) {
        try (UnseenLedger.Change bracket = ledger.begin(List.of(userId))) {
            bracket.doubt();
            return change.get();
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private static Envelope.Notifications answer(List<Notification> items, Envelope.Question question) {
        return new Envelope.Notifications(items, Optional.of(question), Optional.empty());
    }
}
