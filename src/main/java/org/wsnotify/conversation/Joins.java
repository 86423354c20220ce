package org.wsnotify.conversation;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.wsnotify.notification.StoreUnavailableException;
import org.wsnotify.notification.UnseenCounts;
import org.wsnotify.presence.Presence;

/**
 * Joins sessions to users who have logged in. Those that come at about the same time share the round trips to the
 * store: after a restart, when everybody comes back, these would be most of the work.
 *
 * <p>All that other servers must know of a user is written before the session joins; the counts are read after it. What
 * is published between is held, so nothing is missed (docs/decisions/0008). Lives as long as the application. Safe for
 * use by many threads; {@link #join} does not block.
 */
public final class Joins {

    private static final System.Logger LOG = System.getLogger(Joins.class.getName());

    /** The most sessions that join together. */
    static final int MOST = 100;

    /** While the store writes the users of one group, another can be told what there is. */
    private static final int MOST_GROUPS = 2;

    /** How long a group waits for what another thread writes. */
    private static final Duration MAX_ANNOUNCEMENT = Duration.ofSeconds(10);

    private final Presence presence;
    private final Function<Set<String>, Map<String, UnseenCounts>> counts;
    private final Executor executor;
    private final Queue<Joining> waiting = new ArrayDeque<>();
    private int workers;

    /** A session that is to join. Its methods are called one after another. */
    interface Joining {

        /** Returns the user, who has logged in. */
        String userId();

        /**
         * Returns whether the client waits still.
         *
         * @return false if it has given up, or soon will; then it was told, and nothing follows
         */
        boolean isInTime();

        /**
         * Joins, because all servers can know of the user now.
         *
         * @return false if the session may not join; then its client was told, and nothing follows
         */
        boolean begin();

        /**
         * Tells the client what there is. The last call.
         *
         * @param counts the user's counts after {@link #begin}; empty if they could not be read for all together
         */
        void counted(Optional<UnseenCounts> counts);

        /**
         * Tells the client that it cannot join. The last call, whether or not {@link #begin} was called; does nothing
         * after one.
         */
        void failed(Throwable why);
    }

    /**
     * @param counts reads the counts of users from the store
     * @param executor joins the sessions, which may wait for the store
     */
    public Joins(Presence presence, Function<Set<String>, Map<String, UnseenCounts>> counts, Executor executor) {
        this.presence = presence;
        this.counts = counts;
        this.executor = executor;
    }

    /** Begins to join a session. */
    void join(Joining session) {
        synchronized (this) {
            waiting.add(session);
            if (workers == MOST_GROUPS) {
                return;
            }
            workers++;
        }
        try {
            executor.execute(this::joinAll);
        } catch (RuntimeException | Error e) { // too much waits, the server stops, or there is no thread
            StoreUnavailableException why = new StoreUnavailableException("no thread is free to join", e);
            abandoned().forEach(refused -> fail(refused, why));
        }
    }

    /** A group could not be started. Returns those whom no other group will join. */
    private synchronized List<Joining> abandoned() {
        workers--;
        if (workers > 0) {
            return List.of();
        }
        List<Joining> all = List.copyOf(waiting);
        waiting.clear();
        return all;
    }

    private void joinAll() {
        try {
            for (List<Joining> group = next(); !group.isEmpty(); group = next()) {
                joinOrFail(group);
            }
        } catch (RuntimeException | Error e) { // perhaps there is no memory
            synchronized (this) {
                workers--;
            }
            throw e;
        }
    }

    private void joinOrFail(List<Joining> group) {
        try {
            join(group);
        } catch (RuntimeException | Error e) { // the next group must come
            group.forEach(session -> fail(session, e));
        }
    }

    private void join(List<Joining> group) {
        List<Joining> begun = begin(group.stream().filter(Joins::isInTime).toList());
        Map<String, UnseenCounts> known = counts(begun);
        begun.forEach(session -> counted(session, Optional.ofNullable(known.get(session.userId()))));
    }

    /** While the store does not answer, joins pile up. Those that come too late would only delay the others. */
    private static boolean isInTime(Joining session) {
        try {
            return session.isInTime();
        } catch (RuntimeException | Error e) { // the others must join
            fail(session, e);
            return false;
        }
    }

    private static void fail(Joining session, Throwable why) {
        try {
            session.failed(why);
        } catch (RuntimeException | Error e) { // the others must be told
            LOG.log(System.Logger.Level.ERROR, "a client could not be told that its join has failed", e);
        }
    }

    private synchronized List<Joining> next() {
        List<Joining> group = new ArrayList<>();
        while (group.size() < MOST && !waiting.isEmpty()) {
            group.add(waiting.remove());
        }
        if (group.isEmpty()) {
            workers--;
        }
        return group;
    }

    /** Returns those that have joined. */
    private List<Joining> begin(List<Joining> group) {
        long end = System.nanoTime() + MAX_ANNOUNCEMENT.toNanos();
        if (group.isEmpty()) {
            return List.of();
        }
        List<Presence.Arrival> arrivals =
                presence.arriving(group.stream().map(Joining::userId).toList());
        List<Joining> begun = new ArrayList<>();
        for (int i = 0; i < group.size(); i++) {
            if (begin(group.get(i), arrivals.get(i), end)) {
                begun.add(group.get(i));
            }
        }
        return begun;
    }

    private static boolean begin(Joining session, Presence.Arrival arrival, long end) {
        try {
            await(arrival.known(), end - System.nanoTime());
            return session.begin();
        } catch (RuntimeException | Error e) { // the others must join
            fail(session, e);
            return false;
        } finally {
            arrival.close();
        }
    }

    /** A session that were told something before other servers know of its user would miss what they publish. */
    private static void await(Future<Void> known, long nanos) {
        try {
            known.get(nanos, TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw new StoreUnavailableException("The user could not be announced", e);
        } catch (TimeoutException e) {
            throw new StoreUnavailableException("The user could not be announced in time", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailableException("The server stops", e);
        }
    }

    /** What cannot be read for all is read for each, so that nobody fails because of another. */
    private Map<String, UnseenCounts> counts(List<Joining> sessions) {
        Set<String> users = sessions.stream().map(Joining::userId).collect(Collectors.toCollection(HashSet::new));
        try {
            return users.isEmpty() ? Map.of() : counts.apply(users);
        } catch (StoreUnavailableException e) {
            return Map.of();
        } catch (RuntimeException | Error e) {
            LOG.log(System.Logger.Level.ERROR, "what users have not seen could not be counted together", e);
            return Map.of();
        }
    }

    private static void counted(Joining session, Optional<UnseenCounts> counts) {
        try {
            session.counted(counts);
        } catch (RuntimeException | Error e) { // the others must join
            fail(session, e);
        }
    }
}
