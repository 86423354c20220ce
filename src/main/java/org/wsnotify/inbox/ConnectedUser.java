package org.wsnotify.inbox;

import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.wsnotify.notification.InboxChange;
import org.wsnotify.notification.Notification;
import org.wsnotify.notification.NotificationKey;
import org.wsnotify.notification.UnseenCounts;
import org.wsnotify.session.Envelope;

/**
 * Decides what the devices of one user are told, from the first session of the user on this server to the last.
 *
 * <p>Devices must end up with what the store has, and must never be told counts in another order than they were true.
 * So everything is decided here under a lock, and told after the lock is released, in the same order: no text is
 * encoded and no connection is touched while it is held. The rules:
 *
 * <ul>
 *   <li>A publication is pushed and counted at once, unless it is known to be seen or deleted.
 *   <li>A publication that is told again, for example after a server died, is pushed once.
 *   <li>A change that came before the publication is remembered for that. A publication that may be older than what is
 *       remembered is unclear: {@link #unclear} gives it to be looked up in the store, and {@link #found} decides.
 *   <li>A reading of the counts is dropped when the user changed something meanwhile. What was published meanwhile is
 *       added to it, unless the reading has it.
 * </ul>
 *
 * <p>Safe for use by many threads. Nothing blocks.
 */
final class ConnectedUser {

    private static final int MAX_UNCLEAR = 1000;
    private static final int MAX_WITHOUT_TEXT = 10_000;

    /** So many pushes are remembered, so that none is repeated after a server has died. */
    private static final int MAX_REPEATED = 5000;

    private final String userId;
    private final BiConsumer<ConnectedUser, Envelope> devices;
    private final RecentChanges recent;
    private final UnseenTally tally;
    private final OrderedCalls calls = new OrderedCalls();
    /** Each push looks into it and removes from it, and it is nearly always empty: then all users share this one. */
    private Set<String> unclear = Collections.emptySet();

    private final RecentIds pushed;
    private long changes;
    private boolean countsOwed;
    private String seenUpTo = "";
    private volatile boolean left;

    /** A question to the store under way, and what the state was when it began. */
    record StoreQuestion(long changes, int start) {}

    /**
     * @param devices sends to all sessions of the user; must not block
     * @param cap how many unseen notifications are counted exactly
     * @param ids what all users may remember
     */
    ConnectedUser(String userId, BiConsumer<ConnectedUser, Envelope> devices, int cap, Clock clock, IdBudget ids) {
        this.userId = userId;
        this.devices = devices;
        this.tally = new UnseenTally(cap);
        this.recent = new RecentChanges(clock);
        this.pushed = new RecentIds(MAX_REPEATED, ids);
    }

    /** Returns the user's id. */
    String id() {
        return userId;
    }

    /** The user's last session has left. Called before another session of the user can arrive. */
    synchronized void left() {
        left = true;
        pushed.close();
    }

    /** Returns whether the last session has left: if the user comes back, it is as another object. */
    boolean hasLeft() {
        return left;
    }

    /** Pushes a notification that was unseen in the store at some time after {@code after}. */
    void published(Notification notification, Instant after) {
        synchronized (this) {
            if (recent.include(notification.id()) || pushed.contains(notification.id())) {
                return;
            }
            if (recent.mayBeUnknownFor(after)) {
                if (unclear.size() < MAX_UNCLEAR) {
                    lookUpLater(notification.id());
                    return;
                }
                tally.forget(); // it is pushed unasked, so the counts must be read again
            }
            push(notification);
        }
        calls.run();
    }

    /** A notification was published, but its text is not here: it is looked up. */
    synchronized void published(String id) {
        if (recent.include(id) || pushed.contains(id)) {
            return;
        }
        if (unclear.size() < MAX_WITHOUT_TEXT) {
            lookUpLater(id);
        } else { // it is in the inbox, and is counted
            doubt();
        }
    }

    /** The user changed something, and the store has it: the counts are unknown until they are read again. */
    synchronized void changed(InboxChange change) {
        changes++;
        tally.forget();
        recent.add(change);
    }

    private void lookUpLater(String id) {
        if (unclear.isEmpty()) {
            unclear = new LinkedHashSet<>();
        }
        unclear.add(id);
    }

    /** The store may have changed, but it is not known how: the counts are to be read and told again. */
    synchronized void doubt() {
        changes++;
        tally.forget();
        countsOwed = true;
    }

    /** Begins a question to the store. Each one is ended by one call of {@link #counted} or {@link #unanswered}. */
    synchronized StoreQuestion ask() {
        return new StoreQuestion(changes, tally.beginReading());
    }

    /**
     * Takes a reading of the counts, and tells the devices.
     *
     * @param told makes what the devices are told from the counts, which are empty when the reading is out of date;
     *     returns null for nothing
     * @return the counts; empty when the reading is out of date and the store must be read again
     */
    Optional<UnseenCounts> counted(
            StoreQuestion question, UnseenReading reading, Function<Optional<UnseenCounts>, Envelope> told) {
        Optional<UnseenCounts> counts;
        synchronized (this) {
            try {
                if (question.changes() == changes) {
                    tally.install(reading, question.start());
                    counts = tally.counts();
                } else {
                    counts = Optional.empty();
                }
                Envelope envelope = told.apply(counts);
                if (envelope != null) {
                    tellInTurn(envelope);
                }
                if (counts.isPresent()) {
                    doubtWhatIsUnseenStill(reading.newest());
                }
            } finally {
                tally.endReading();
            }
        }
        calls.run();
        return counts;
    }

    /**
     * Devices that were told "everything is seen up to this id" take a notification for seen that was stored after the
     * change under an older id. What the store has as unseen is looked up, and pushed again.
     */
    private void doubtWhatIsUnseenStill(List<String> unseen) {
        if (!seenUpTo.isEmpty()) {
            Stream.concat(unseen.stream(), tally.addedMeanwhile())
                    .filter(id -> id.compareTo(seenUpTo) <= 0 && !recent.include(id) && !pushed.contains(id))
                    .forEach(this::lookUpLater);
            seenUpTo = "";
        }
    }

    /** The store did not answer. */
    synchronized void unanswered() {
        tally.endReading();
    }

    /** Tells the devices something. */
    void tell(Envelope envelope) {
        synchronized (this) {
            tellInTurn(envelope);
        }
        calls.run();
    }

    /** Runs something in turn with what the devices are told. */
    void inTurn(Runnable call) {
        calls.add(call);
        calls.run();
    }

    /** The devices are to be told the counts as soon as they are known. */
    synchronized void oweCounts() {
        countsOwed = true;
    }

    /** Returns whether the store must be asked: about publications, or for counts that the devices wait for. */
    synchronized boolean needsStore() {
        return countsOwed || !seenUpTo.isEmpty() || !unclear.isEmpty();
    }

    /**
     * Tells the devices the counts, if they wait for them.
     *
     * @return false when the counts must be read first
     */
    boolean tellCounts() {
        synchronized (this) {
            if (!seenUpTo.isEmpty() || (countsOwed && tally.counts().isEmpty())) {
                return false;
            }
            if (countsOwed) {
                tellInTurn(new Envelope.Counts(tally.counts().get()));
            }
        }
        calls.run();
        return true;
    }

    /** Returns the publications that the store must be asked about. */
    synchronized List<NotificationKey> unclear() {
        return unclear.stream().map(id -> new NotificationKey(userId, id)).toList();
    }

    /**
     * Decides about unclear publications: those that are unseen still are pushed. When the user changed something
     * meanwhile, they stay unclear.
     *
     * @param asked what the store was asked for, after {@link #ask}
     * @param found what it has of them
     */
    void found(StoreQuestion question, List<NotificationKey> asked, Collection<Notification> found) {
        synchronized (this) {
            try {
                if (question.changes() == changes) {
                    decide(asked, found);
                }
            } finally {
                tally.endReading();
            }
        }
        calls.run();
    }

    /** What is not unclear any more was decided by another question meanwhile. */
    private void decide(List<NotificationKey> asked, Collection<Notification> found) {
        Set<String> decided = new HashSet<>();
        asked.stream().map(NotificationKey::id).filter(unclear::remove).forEach(decided::add);
        found.stream()
                .filter(notification -> !notification.seen() && decided.contains(notification.id()))
                .forEach(this::push);
    }

    private void push(Notification notification) {
        String type = notification.message().type();
        tally.add(notification.id(), type);
        pushed.add(notification.id());
        unclear.remove(notification.id());
        tellInTurn(Envelope.Notifications.push(notification, tally.counts()));
    }

    private void tellInTurn(Envelope envelope) {
        countsOwed = envelope.counts().isEmpty() && !(envelope instanceof Envelope.Counts);
        if (envelope instanceof Envelope.Seen seen && seen.upTo().isPresent()) {
            String newest = seen.upTo().get();
            pushed.removeUpTo(newest);
            if (newest.compareTo(seenUpTo) > 0) {
                seenUpTo = newest;
            }
        }
        calls.add(() -> devices.accept(this, envelope));
    }
}
