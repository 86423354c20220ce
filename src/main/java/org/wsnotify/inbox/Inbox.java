package org.wsnotify.inbox;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.wsnotify.notification.InboxChange;
import org.wsnotify.notification.Notification;
import org.wsnotify.notification.StoreUnavailableException;
import org.wsnotify.notification.UnseenCounts;
import org.wsnotify.session.Envelope;

/**
 * Reads and changes what a user keeps. Every change is told to all sessions of the user, with the counts after it.
 *
 * <p>Safe for use by many threads. Every method reads or writes the store and may block; it throws
 * {@link StoreUnavailableException} when the store is down.
 */
public final class Inbox {

    private final NotificationStore store;
    private final ConnectedUsers users;
    private final Devices devices;
    private final AnswerLimits limits;
    private final Clock clock;

    public Inbox(NotificationStore store, ConnectedUsers users, Devices devices, AnswerLimits limits, Clock clock) {
        this.store = store;
        this.users = users;
        this.devices = devices;
        this.limits = limits;
        this.clock = clock;
    }

    /** What the user has not seen, oldest first. */
    public Envelope.Notifications unseen(String userId) {
        return answer(store.unseen(userId, limits.unseen(), limits.unseenCharacters()), new Envelope.Question.Unseen());
    }

    /** The answer to a user who has seen everything. */
    public Envelope.Notifications nothingUnseen() {
        return answer(List.of(), new Envelope.Question.Unseen());
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
        Excerpt page = store.newest(userId, Optional.of(id), TextBudget.ofNotifications(limits.pageSize()));
        return answer(page.items(), new Envelope.Question.Before(id));
    }

    /**
     * What the user keeps, newest first, up to a page.
     *
     * @param before only what is older than this id; empty for all
     * @param characters the page ends before its texts are longer together; one notification is given in any case
     */
    public Envelope.Notifications newest(String userId, Optional<String> before, int characters) {
        Envelope.Question question =
                before.<Envelope.Question>map(Envelope.Question.Before::new).orElse(new Envelope.Question.Page(0));
        return answer(store.newest(userId, before, page(characters)), question);
    }

    /**
     * What the user has not seen, newest first, up to a page.
     *
     * @param before only what is older than this id; empty for all
     * @param characters as for {@link #newest}
     */
    public Envelope.Notifications newestUnseen(String userId, Optional<String> before, int characters) {
        Envelope.Question question = before.<Envelope.Question>map(Envelope.Question.UnseenBefore::new)
                .orElse(new Envelope.Question.Unseen());
        return answer(store.newestUnseen(userId, before, page(characters)), question);
    }

    private TextBudget page(int characters) {
        return new TextBudget(limits.pageSize(), characters);
    }

    /**
     * What the user keeps, newest first, for a page that is not a session's.
     *
     * @param before only what is older than this id; empty for all
     * @param onlyUnseen leaves out what the user has seen
     */
    public Excerpt read(String userId, Optional<String> before, boolean onlyUnseen, int limit) {
        TextBudget budget = new TextBudget(limit, limits.unseenCharacters());
        return onlyUnseen ? store.newestUnseen(userId, before, budget) : store.newest(userId, before, budget);
    }

    /** Returns the user's counts, from the store. */
    public UnseenCounts counts(String userId) {
        return counts(Set.of(userId)).get(userId);
    }

    /**
     * Returns the counts of several users, about a hundred, from the store: it is asked for all together.
     *
     * @return the counts by user, without those who have too much to be counted together
     */
    public Map<String, UnseenCounts> counts(Set<String> userIds) {
        return users.counts(userIds);
    }

    /**
     * Marks notifications seen and tells all sessions of the user.
     *
     * @return the ids that are the user's own
     */
    public List<String> markSeen(String userId, List<String> ids) {
        List<String> own = change(userId, () -> store.markSeen(userId, ids, now()));
        if (!own.isEmpty()) {
            devices.changed(userId, new InboxChange.MarkedSeen(own));
        }
        return own;
    }

    /**
     * Marks everything seen that the user keeps up to now, or up to a notification, and tells all sessions of the user.
     *
     * @param upTo the id of the newest that is to be marked; empty for all
     */
    public void markAllSeen(String userId, Optional<String> upTo) {
        Optional<String> last = change(userId, () -> store.markAllSeen(userId, upTo, now()));
        devices.changed(userId, new InboxChange.MarkedAllSeen(last));
    }

    /**
     * Deletes notifications and tells all sessions of the user.
     *
     * @return the ids that were the user's own
     */
    public List<String> delete(String userId, List<String> ids) {
        List<String> own = change(userId, () -> store.delete(userId, ids, now()));
        if (!own.isEmpty()) {
            devices.changed(userId, new InboxChange.Removed(own));
        }
        return own;
    }

    /** Changes the store. After a failure it is not known what was done. */
    private <T> T change(String userId, Supplier<T> change) {
        try {
            return change.get();
        } catch (StoreUnavailableException e) {
            devices.doubt(userId);
            throw e;
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private static Envelope.Notifications answer(List<Notification> items, Envelope.Question question) {
        return new Envelope.Notifications(items, Optional.of(question), Optional.empty());
    }

    private static Envelope.Notifications answer(Excerpt excerpt, Envelope.Question question) {
        return new Envelope.Notifications(
                excerpt.items(), Optional.of(question), Optional.of(excerpt.more()), Optional.empty());
    }
}
