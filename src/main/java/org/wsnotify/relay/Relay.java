package org.wsnotify.relay;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.wsnotify.notification.StoreUnavailableException;
import org.wsnotify.presence.Presence;
import org.wsnotify.presence.Whereabouts;

/**
 * Tells other nodes what happened here: one batch at a time, with everything that has waited since the last one.
 *
 * <p>What concerns one user is told in the order in which it came. While the store is down, events wait; a batch is
 * repeated under the same numbers until it is durable. If 10,000 events wait, later ones are dropped, and the nodes
 * they concerned are told that something is lost. Safe for use by many threads; only the task on the executor and
 * {@link #drain} block.
 */
public final class Relay {

    private static final Logger LOG = System.getLogger(Relay.class.getName());
    private static final Duration BETWEEN_WARNINGS = Duration.ofMinutes(1);

    /** After so many failures in a row that are not the store's absence, a batch is dropped. */
    private static final int MAX_FAULTS = 10;

    private final Presence presence;
    private final RelayWriter writer;
    private final ScheduledExecutorService executor;
    private final LongSupplier nanoTime;
    private final RelayQueue queue = new RelayQueue();
    private Optional<RelayQueue.Batch> batch = Optional.empty();
    private boolean scheduled;
    private int dropped;
    private Optional<Long> warnedAt = Optional.empty();

    // Only the task uses these.
    private final RetryDelay delay = new RetryDelay();
    private int faults;

    /**
     * @param self the id of this node, which may change
     * @param executor runs the task that writes, which may wait for the store
     */
    public Relay(Supplier<String> self, Presence presence, RelayLog log, ScheduledExecutorService executor) {
        this(self, presence, log, executor, System::nanoTime);
    }

    Relay(
            Supplier<String> self,
            Presence presence,
            RelayLog log,
            ScheduledExecutorService executor,
            LongSupplier nanoTime) {
        this.presence = Objects.requireNonNull(presence, "presence");
        this.executor = Objects.requireNonNull(executor, "executor");
        this.nanoTime = Objects.requireNonNull(nanoTime, "nanoTime");
        this.writer = new RelayWriter(
                Objects.requireNonNull(self, "self"), presence, Objects.requireNonNull(log, "log"), nanoTime);
    }

    /**
     * Tells other nodes of a publication. Returns at once.
     *
     * @param event with all notifications of the publication
     * @param where where the recipients were after it was stored; only nodes where they are online are told
     */
    public void publish(RelayEvent.Published event, Whereabouts where) {
        Map<String, List<RelayEvent.Item>> items = new LinkedHashMap<>();
        int size = 0;
        for (RelayEvent.Item item : event.items()) {
            List<String> nodes = where.nodes(item.userId());
            nodes.forEach(node ->
                    items.computeIfAbsent(node, any -> new ArrayList<>()).add(item));
            size += nodes.isEmpty() ? 0 : 1;
        }
        if (size > 0) {
            add(new Outgoing.Routed(event, items, size));
        }
    }

    /**
     * Tells the other nodes where a user is of a change that the store has. Returns at once. Does nothing if there is
     * no other node.
     *
     * @param event no publication
     */
    public void tell(String userId, RelayEvent event) {
        Objects.requireNonNull(userId, "userId");
        if (event instanceof RelayEvent.Published) {
            throw new IllegalArgumentException("Publications are routed by their publisher");
        }
        if (!presence.isAlone()) {
            add(new Outgoing.Unrouted(userId, event));
        }
    }

    private void add(Outgoing event) {
        synchronized (this) {
            if (!queue.add(event)) {
                dropped += event.size();
                warn();
            }
        }
        schedule(0);
    }

    private void warn() {
        long now = nanoTime.getAsLong();
        if (warnedAt.isEmpty() || now - warnedAt.get() >= BETWEEN_WARNINGS.toNanos()) {
            LOG.log(Level.WARNING, "events for other servers were dropped, because too many wait: {0}", dropped);
            warnedAt = Optional.of(now);
            dropped = 0;
        }
    }

    /**
     * Returns the number of the last document that is durable, for each node that was told something under the present
     * id of this one.
     */
    public Map<String, Long> sent() {
        return writer.sent();
    }

    /** Returns how many events are not durable yet, notifications counted one by one. */
    public synchronized int waiting() {
        return queue.size() + batch.map(RelayQueue.Batch::size).orElse(0);
    }

    /**
     * Waits until everything is told. Call it when nothing comes any more.
     *
     * @return false if that took longer than {@code patience}, or the thread was interrupted
     */
    public boolean drain(Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        synchronized (this) {
            while (!isIdle()) {
                long left = end - System.nanoTime();
                if (left <= 0) {
                    return false;
                }
                try {
                    TimeUnit.NANOSECONDS.timedWait(this, left);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return false;
                }
            }
            return true;
        }
    }

    private boolean isIdle() {
        return queue.isEmpty() && batch.isEmpty();
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the task answers for itself
    private void schedule(long millis) {
        synchronized (this) {
            if (scheduled || isIdle()) {
                return;
            }
            scheduled = true;
        }
        try {
            executor.schedule(this::run, millis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) { // the server stops
            synchronized (this) {
                scheduled = false;
            }
        }
    }

    private void run() {
        long next = 0;
        try {
            writer.write(take());
            end();
            delay.succeeded();
            faults = 0;
        } catch (StoreUnavailableException e) {
            next = delay.afterFailure();
        } catch (RuntimeException | Error e) { // the next batch must come
            next = delay.afterFailure();
            failed(e);
        } finally {
            synchronized (this) {
                scheduled = false;
            }
            schedule(next);
        }
    }

    /** Returns the batch that could not be written before, or else all that waits. */
    private synchronized RelayQueue.Batch take() {
        if (batch.isEmpty()) {
            batch = Optional.of(queue.take());
        }
        return batch.get();
    }

    private synchronized void end() {
        batch = Optional.empty();
        notifyAll();
    }

    private void failed(Throwable why) {
        faults++;
        if (faults == 1) {
            LOG.log(Level.ERROR, "Other servers could not be told; it is tried again", why);
        } else if (faults == MAX_FAULTS) {
            LOG.log(Level.ERROR, "Other servers could not be told, and what they miss is dropped", why);
            faults = 0;
            drop();
        }
    }

    private synchronized void drop() {
        writer.drop().ifPresentOrElse(queue::lose, () -> batch.ifPresent(queue::lose));
        end();
    }
}
