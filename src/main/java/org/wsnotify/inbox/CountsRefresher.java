package org.wsnotify.inbox;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.wsnotify.notification.StoreUnavailableException;
import org.wsnotify.notification.UnseenCounts;
import org.wsnotify.session.Envelope;

/**
 * Reads counts again that were in doubt, and tells the user's sessions.
 *
 * <p>Asking twice for one user reads once. While the store is down it tries again, as long as the user is online. Safe
 * for use by many threads; never blocks its caller.
 */
public final class CountsRefresher {

    private static final long SOON_MILLIS = 50;
    private static final long AGAIN_MILLIS = 1000;

    private final UnseenLedger ledger;
    private final Devices devices;
    private final ScheduledExecutorService executor;
    private final Set<String> asked = ConcurrentHashMap.newKeySet();

    public CountsRefresher(UnseenLedger ledger, Devices devices, ScheduledExecutorService executor) {
        this.ledger = ledger;
        this.devices = devices;
        this.executor = executor;
    }

    /** Tells the user's sessions the counts soon. */
    public void refreshSoon(String userId) {
        schedule(userId, SOON_MILLIS);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the task answers for itself
    private void schedule(String userId, long millis) {
        if (!asked.add(userId)) {
            return;
        }
        try {
            executor.schedule(() -> refresh(userId), millis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            asked.remove(userId); // the server stops
        }
    }

    private void refresh(String userId) {
        asked.remove(userId);
        if (!devices.isOnline(userId)) {
            return;
        }
        try {
            UnseenLedger.Reading reading =
                    ledger.tell(userId, counts -> counts.ifPresent(certain -> tell(userId, certain)));
            if (!reading.certain()) { // the best that is known, for now
                tell(userId, reading.counts());
                schedule(userId, AGAIN_MILLIS);
            }
        } catch (StoreUnavailableException e) {
            schedule(userId, AGAIN_MILLIS);
        }
    }

    private void tell(String userId, UnseenCounts counts) {
        devices.tell(userId, new Envelope.Counts(counts));
    }
}
