package org.wsnotify.presence;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.wsnotify.notification.StoreUnavailableException;

/**
 * Writes which users are here: one write at a time, with everything that has changed since the last one.
 *
 * <p>What is written is always the latest state of a user. So a user who leaves and comes back while a write is under
 * way is never left absent. While the store is down, the states wait, and arrivals fail. Safe for use by many threads;
 * only {@link #arriving} and the task on the executor block.
 */
public final class PresenceWriter {

    private static final Logger LOG = System.getLogger(PresenceWriter.class.getName());
    private static final int MAX_BATCH = 1000;
    private static final long AGAIN_MILLIS = 1000;

    /** After a server has stopped, its clients connect elsewhere within this time. */
    private static final Duration RETURN = Duration.ofSeconds(20);

    private static final PresenceState GONE = new PresenceState.Gone();

    private final Supplier<String> self;
    private final PresenceStore store;
    private final StoreClock clock;
    private final ScheduledExecutorService executor;
    private final Map<String, UserState> users = new HashMap<>();
    private final Set<String> changed = new LinkedHashSet<>();
    private boolean writing;
    private boolean stopping;

    /** What is known of one user, from the first arrival until the absence is written. */
    private static final class UserState {
        private int arriving;
        private boolean connected;
        private PresenceState wanted = GONE;
        /** What the store has; null while that is being written, and if it is not known. */
        private PresenceState written = GONE;

        private final List<CompletableFuture<Void>> waiting = new ArrayList<>();

        boolean isHere() {
            return connected || arriving > 0;
        }
    }

    /**
     * @param self the id of this server
     * @param executor writes, and may wait for the store
     */
    public PresenceWriter(
            Supplier<String> self, PresenceStore store, StoreClock clock, ScheduledExecutorService executor) {
        this.self = Objects.requireNonNull(self, "self");
        this.store = Objects.requireNonNull(store, "store");
        this.clock = Objects.requireNonNull(clock, "clock");
        this.executor = Objects.requireNonNull(executor, "executor");
    }

    /**
     * Sessions of users are about to join. Writes that on this thread, unless another one is writing: then that is
     * followed by the next write.
     *
     * @return for each, in order, what completes when it is written. Each is followed by one call of {@link #arrived}
     */
    List<CompletableFuture<Void>> arriving(List<String> userIds) {
        List<CompletableFuture<Void>> known = new ArrayList<>(userIds.size());
        boolean mayWrite;
        synchronized (this) {
            userIds.forEach(userId -> known.add(arriving(userId)));
            mayWrite = beginsToWrite();
        }
        if (mayWrite) {
            write();
        }
        return known;
    }

    private CompletableFuture<Void> arriving(String userId) {
        UserState user = users.computeIfAbsent(userId, any -> new UserState());
        user.arriving++;
        setPresent(userId, user);
        if (user.wanted.equals(user.written)) {
            return CompletableFuture.completedFuture(null);
        }
        CompletableFuture<Void> known = new CompletableFuture<>();
        user.waiting.add(known);
        return known;
    }

    /** The session has joined, or has failed to. */
    void arrived(String userId) {
        synchronized (this) {
            UserState user = users.get(userId);
            user.arriving--;
            if (!user.isHere()) {
                set(userId, user, GONE);
            }
        }
        writeSoon();
    }

    /** A first session has joined. */
    void connected(String userId) {
        synchronized (this) {
            UserState user = users.computeIfAbsent(userId, any -> new UserState());
            user.connected = true;
            setPresent(userId, user);
        }
        writeSoon();
    }

    /** The last session has ended. */
    void left(String userId, Optional<Instant> broke) {
        synchronized (this) {
            UserState user = users.computeIfAbsent(userId, any -> new UserState());
            user.connected = false;
            if (!user.isHere()) {
                set(userId, user, broke.map(this::broken).orElse(GONE));
            }
        }
        writeSoon();
    }

    private PresenceState broken(Instant at) {
        Instant time = clock.fromOwn(at);
        return new PresenceState.Broke(stopping ? time.plus(RETURN) : time);
    }

    private void setPresent(String userId, UserState user) {
        if (!(user.wanted instanceof PresenceState.Online)) {
            set(userId, user, new PresenceState.Online(clock.instant()));
        }
    }

    private void set(String userId, UserState user, PresenceState state) {
        user.wanted = state;
        changed.add(userId);
    }

    /** This server has a new id: everybody who is here is written again. */
    public void writeAgain() {
        synchronized (this) {
            users.forEach((userId, user) -> {
                user.written = GONE;
                changed.add(userId);
            });
        }
        writeSoon();
    }

    /** From now on a session that ends does so because this server stops: its user will be back elsewhere. */
    public synchronized void stopping() {
        stopping = true;
    }

    /**
     * Waits until everything is written.
     *
     * @param patience how long to wait at most
     * @return whether everything is written
     */
    public synchronized boolean drain(Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        while (writing || !changed.isEmpty()) {
            long millis = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (millis <= 0) {
                return false;
            }
            try {
                wait(millis);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return true;
    }

    private void writeSoon() {
        schedule(0);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the task answers for itself
    private void schedule(long millis) {
        synchronized (this) {
            if (!beginsToWrite()) {
                return;
            }
        }
        try {
            executor.schedule(this::write, millis, TimeUnit.MILLISECONDS);
        } catch (RuntimeException | Error e) { // the server stops, or there is no thread
            failed(Map.of(), new StoreUnavailableException("no thread writes who is here", e));
            synchronized (this) {
                writing = false;
                notifyAll();
            }
        }
    }

    /** Whether the caller is to write, because something waits and nobody is writing. */
    private boolean beginsToWrite() {
        boolean begins = !writing && !changed.isEmpty();
        writing |= begins;
        return begins;
    }

    private void write() {
        long next = 0;
        try {
            writeBatch();
        } catch (StoreUnavailableException e) {
            next = AGAIN_MILLIS;
        } catch (RuntimeException | Error e) { // the next write must come
            next = AGAIN_MILLIS;
            LOG.log(Level.ERROR, "Who is online here could not be written", e);
        } finally {
            synchronized (this) {
                writing = false;
                notifyAll();
            }
            schedule(next);
        }
    }

    private void writeBatch() {
        String node = self.get();
        Map<String, PresenceState> batch = nextBatch();
        try {
            store.write(node, batch);
        } catch (RuntimeException | Error e) {
            failed(batch, e);
            throw e;
        }
        written(node, batch).forEach(known -> known.complete(null));
    }

    private synchronized Map<String, PresenceState> nextBatch() {
        Map<String, PresenceState> batch = new LinkedHashMap<>();
        for (Iterator<String> next = changed.iterator(); next.hasNext() && batch.size() < MAX_BATCH; next.remove()) {
            String userId = next.next();
            UserState user = users.get(userId);
            batch.put(userId, user.wanted);
            user.written = null;
        }
        return batch;
    }

    private synchronized List<CompletableFuture<Void>> written(String node, Map<String, PresenceState> batch) {
        List<CompletableFuture<Void>> known = new ArrayList<>();
        boolean renamed = !node.equals(self.get());
        batch.forEach((userId, state) -> {
            UserState user = users.get(userId);
            if (renamed || !user.wanted.equals(state)) {
                changed.add(userId);
                return;
            }
            user.written = state;
            if (state instanceof PresenceState.Online) {
                known.addAll(user.waiting);
                user.waiting.clear();
            } else if (!changed.contains(userId)) {
                users.remove(userId);
            }
        });
        return known;
    }

    /** The states are written later; who waits for them does not wait any longer. */
    private void failed(Map<String, PresenceState> batch, Throwable why) {
        List<CompletableFuture<Void>> waiting = new ArrayList<>();
        synchronized (this) {
            changed.addAll(batch.keySet());
            users.values().forEach(user -> {
                waiting.addAll(user.waiting);
                user.waiting.clear();
            });
        }
        waiting.forEach(known -> known.completeExceptionally(why));
    }
}
