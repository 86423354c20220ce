package org.wsnotify.delivery;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.wsnotify.notification.StoreUnavailableException;

/**
 * Lets publications wait for the store, and carries out together what waits: they share its round trips.
 *
 * <p>A publication that finds nothing under way is carried out at once. Those that come meanwhile wait, and are the
 * next group. So a busy server makes larger groups, and a single publication waits for nobody. Once {@link
 * #ENOUGH_WAITING} wait, a second group begins beside the first, so that this server works on one while the store writes
 * the other. A group that takes longer than {@link #PATIENCE} does not hold up the others: what waits is then carried out
 * beside it. Large publications are always carried out by themselves.
 *
 * <p>No thread of the application server is occupied meanwhile. A short outage of the store only delays publications. A
 * full queue refuses them. Safe for use by many threads; never blocks its caller.
 */
public final class PublicationQueue {

    /** How long a group holds up those that come after it. */
    static final Duration PATIENCE = Duration.ofMillis(20);

    /** If so many wait, a second group begins beside one that is in time. */
    static final int ENOUGH_WAITING = 3;

    /** A publication to more recipients is carried out by itself. */
    static final int FEW_RECIPIENTS = 100;

    /** The most recipients of a group: the store gets them in one round trip. */
    static final int MOST_RECIPIENTS = 1000;

    /** A longer publication is carried out by itself. */
    private static final long SHORT_BYTES = 100_000;

    private static final long MOST_BYTES = 1_000_000;

    /** The most groups under way at the same time, nearly all of which take long. */
    private static final int MOST_GROUPS = 16;

    private final Publishing publishing;
    private final Executor executor;
    private final BiConsumer<Duration, Runnable> timer;
    private final Consumer<Runnable> elsewhere;
    private final LongSupplier nanoTime;
    private final PublicationCapacity capacity;
    private final Deque<WaitingPublication<?>> waiting = new ArrayDeque<>();
    private final List<Worker> workers = new ArrayList<>();
    private boolean watched;

    /** Carries out requests together. Each one knows its result afterwards. */
    @FunctionalInterface
    interface Publishing {
        void publish(List<PublishRequest> requests);
    }

    /**
     * @param executor carries groups out, which may block on the store
     * @param timer calls something that does not block after a while, or never if the server stops
     * @param elsewhere runs something on a thread that is in no request
     * @param capacity how much may wait and be under way
     */
    public PublicationQueue(
            IdempotentNotifier notifier,
            Executor executor,
            BiConsumer<Duration, Runnable> timer,
            Consumer<Runnable> elsewhere,
            PublicationCapacity capacity) {
        this(notifier::publish, executor, timer, elsewhere, System::nanoTime, capacity);
    }

    PublicationQueue(
            Publishing publishing,
            Executor executor,
            BiConsumer<Duration, Runnable> timer,
            Consumer<Runnable> elsewhere,
            LongSupplier nanoTime,
            PublicationCapacity capacity) {
        this.publishing = publishing;
        this.executor = executor;
        this.timer = timer;
        this.elsewhere = elsewhere;
        this.nanoTime = nanoTime;
        this.capacity = capacity;
    }

    /**
     * Queues a publication.
     *
     * @param key the idempotency key, if there is one: the first answer is given again
     * @param answer makes the answer from the receipt
     * @return the answer. Fails with {@link IdempotentNotifier.KeyReusedException} if the key was used for another
     *     publication, with {@link IdempotentNotifier.KeyInUseException} if the first request with it is under way, and
     *     with {@link StoreUnavailableException} if something may not be stored, or the server stops
     * @throws StoreUnavailableException too many wait; nothing was done
     */
    public <T> CompletionStage<T> add(Publication publication, Optional<String> key, Function<Receipt, T> answer) {
        WaitingPublication<T> one = WaitingPublication.of(new PublishRequest(publication, key), answer);
        capacity.enter(one.memory());
        if (one.recipients() > FEW_RECIPIENTS || one.written() > SHORT_BYTES) {
            start(() -> carryOut(List.of(one)), why -> fail(List.of(one), why));
        } else {
            join(one);
        }
        return one.answered();
    }

    /**
     * Waits until all that was queued is answered.
     *
     * @return false if the patience ended first
     */
    public boolean awaitIdle(Duration patience) throws InterruptedException {
        return capacity.awaitIdle(patience);
    }

    private void fail(List<WaitingPublication<?>> all, StoreUnavailableException why) {
        all.forEach(one -> one.request().failed(why));
        capacity.end(all);
    }

    private void start(Runnable work, Consumer<StoreUnavailableException> failed) {
        try {
            executor.execute(work);
        } catch (RejectedExecutionException e) {
            failed.accept(new StoreUnavailableException("the server stops", e));
        } catch (RuntimeException | Error e) { // perhaps the system has no more threads
            failed.accept(new StoreUnavailableException("no thread can be started: " + e, e));
        }
    }

    private void join(WaitingPublication<?> one) {
        Optional<Worker> worker;
        boolean isUnwatched;
        synchronized (this) {
            waiting.add(one);
            worker = nextWorker();
            isUnwatched = !watched && (worker.isEmpty() || waiting.size() > 1);
        }
        worker.ifPresent(this::start);
        if (isUnwatched) {
            watchWhatIsLeft();
        }
    }

    /** Lets another group begin beside those that take long, as long as something waits. */
    private void watch() {
        Optional<Worker> worker;
        boolean watches;
        synchronized (this) {
            watches = !waiting.isEmpty();
            watched = watches;
            worker = watches ? nextWorker() : Optional.empty();
        }
        worker.ifPresent(this::start);
        if (watches) {
            timer.accept(PATIENCE, this::watch);
        }
    }

    /** Returns the worker of a group that is to begin now, if one may; it counts already then. */
    private Optional<Worker> nextWorker() {
        if (workers.size() >= MOST_GROUPS || isOneStarting() || !mayBegin()) {
            return Optional.empty();
        }
        Worker worker = new Worker(nanoTime.getAsLong());
        workers.add(worker);
        return Optional.of(worker);
    }

    /** Whether a worker is about to take what waits. */
    private boolean isOneStarting() {
        return workers.stream().anyMatch(worker -> !worker.hasWorked && isInTime(worker));
    }

    /** Whether another group may begin beside those under way. Those that take long do not matter. */
    private boolean mayBegin() {
        long inTime = workers.stream().filter(this::isInTime).count();
        return inTime == 0 || (inTime == 1 && waiting.size() >= ENOUGH_WAITING);
    }

    private boolean isInTime(Worker worker) {
        return nanoTime.getAsLong() - worker.begun <= PATIENCE.toNanos();
    }

    private void start(Worker worker) {
        start(worker, why -> {
            List<WaitingPublication<?>> all = abandoned(worker);
            if (!all.isEmpty()) { // the caller may be in the request of one, and must not answer others
                elsewhere.accept(() -> fail(all, why));
            }
            watchWhatIsLeft();
        });
    }

    /** Begins to {@link #watch}, if anything waits that is not watched. */
    private void watchWhatIsLeft() {
        synchronized (this) {
            if (watched || waiting.isEmpty()) {
                return;
            }
            watched = true;
        }
        timer.accept(PATIENCE, this::watch);
    }

    /** A worker could not be started. Returns what no other worker carries out. */
    private synchronized List<WaitingPublication<?>> abandoned(Worker worker) {
        ends(worker);
        if (!workers.isEmpty()) {
            return List.of();
        }
        List<WaitingPublication<?>> all = List.copyOf(waiting);
        waiting.clear();
        return all;
    }

    private synchronized void ends(Worker worker) {
        workers.remove(worker);
    }

    /** Carries out one group after another, until nothing waits or other workers do so in time. */
    private final class Worker implements Runnable {

        private long begun;
        private boolean hasWorked;

        Worker(long begun) {
            this.begun = begun;
        }

        @Override
        public void run() {
            try {
                for (List<WaitingPublication<?>> group = next(this); !group.isEmpty(); group = next(this)) {
                    carryOut(group);
                }
            } finally {
                ends(this);
            }
        }
    }

    /**
     * Returns the next group; empty if there is none, or if other workers, which work in time, get it. A new worker
     * takes its first group in any case: where threads start late, each would leave the work to the next.
     */
    private synchronized List<WaitingPublication<?>> next(Worker worker) {
        List<WaitingPublication<?>> group = new ArrayList<>();
        ends(worker);
        if (waiting.isEmpty() || (worker.hasWorked && !mayBegin())) {
            return group;
        }
        workers.add(worker);
        worker.hasWorked = true;
        worker.begun = nanoTime.getAsLong();
        int recipients = 0;
        long written = 0;
        do {
            WaitingPublication<?> one = waiting.remove();
            group.add(one);
            recipients += one.recipients();
            written += one.written();
        } while (!waiting.isEmpty()
                && recipients + waiting.element().recipients() <= MOST_RECIPIENTS
                && written + waiting.element().written() <= MOST_BYTES);
        return group;
    }

    private void carryOut(List<WaitingPublication<?>> group) {
        try {
            publishing.publish(group.stream()
                    .<PublishRequest>map(WaitingPublication::request)
                    .toList());
        } catch (RuntimeException | Error e) { // whoever waits for an answer must be told
            group.forEach(one -> one.request().failed(e));
        }
        capacity.end(group);
    }
}
