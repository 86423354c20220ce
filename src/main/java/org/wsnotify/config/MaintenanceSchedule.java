package org.wsnotify.config;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.wsnotify.delivery.IdempotencyStore;
import org.wsnotify.delivery.ScheduledDelivery;
import org.wsnotify.delivery.UnfinishedPublications;
import org.wsnotify.meter.StoreGauge;
import org.wsnotify.notification.StoreUnavailableException;
import org.wsnotify.outbox.OutboxStatus;
import org.wsnotify.outbox.PresenceReporter;
import org.wsnotify.presence.StoreClock;
import org.wsnotify.retention.Sweeper;
import org.wsnotify.session.Heartbeat;
import org.wsnotify.sockjs.SockJsService;
import org.wsnotify.story.DecisionRecorder;
import org.wsnotify.story.StoryStore;

/**
 * The regular work of the application, apart from mail, which has timers of its own. Tasks that ask the store have
 * threads of their own: they block while it is down, and the heartbeat must not.
 */
@ApplicationScoped
public class MaintenanceSchedule {

    private static final System.Logger LOG = System.getLogger(MaintenanceSchedule.class.getName());

    /** How long a publication can be repeated without being stored again. */
    private static final Duration IDEMPOTENCY_KEPT = Duration.ofHours(24);

    @Inject
    Heartbeat heartbeat;

    @Inject
    SockJsService sockJs;

    @Inject
    StoreGauge<OutboxStatus> outbox;

    @Inject
    StoreGauge<Long> schedule;

    @Inject
    IdempotencyStore idempotency;

    @Inject
    UnfinishedPublications unfinished;

    @Inject
    ScheduledDelivery scheduled;

    @Inject
    DecisionRecorder decisions;

    @Inject
    StoryStore stories;

    @Inject
    Sweeper sweeper;

    @Inject
    Stores stores;

    @Inject
    PresenceReporter presenceReporter;

    @Inject
    Threads threads;

    @Inject
    StoreClock clock;

    void begin() {
        every(threads.timers(), Duration.ofSeconds(1), heartbeat::beat);
        every(threads.timers(), Duration.ofSeconds(1), sockJs::sweep);
        every(threads.storeTimers(), Duration.ofSeconds(5), outbox::refresh);
        every(threads.storeTimers(), Duration.ofSeconds(5), schedule::refresh);
        every(threads.storeTimers(), Duration.ofSeconds(5), unfinished::push);
        every(threads.nodeTasks(), Duration.ofMillis(250), presenceReporter::report);
        every(threads.storeTimers(), Duration.ofMinutes(10), this::forgetIdempotencyKeys);
        every(threads.storeTimers(), Duration.ofMinutes(10), this::forgetPushes);
        every(threads.housekeeping(), Duration.ofSeconds(1), scheduled::deliver);
        every(threads.storeTimers(), Duration.ofSeconds(1), decisions::record);
        every(threads.housekeeping(), Duration.ofSeconds(3), sweeper::expire);
        every(threads.housekeeping(), Duration.ofMinutes(1), sweeper::remove);
        every(threads.housekeeping(), Duration.ofSeconds(10), stores::compact);
    }

    private void forgetPushes() {
        stories.forgetPushes(clock.instant().minus(Duration.ofDays(StoryStore.PUSHES_KEPT_DAYS)));
    }

    private void forgetIdempotencyKeys() {
        idempotency.forget(clock.instant().minus(IDEMPOTENCY_KEPT));
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the task handles its own failures
    private static void every(ScheduledExecutorService timers, Duration interval, Runnable task) {
        timers.scheduleWithFixedDelay(
                () -> guarded(task), interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static void guarded(Runnable task) {
        try {
            task.run();
        } catch (StoreUnavailableException e) {
            LOG.log(System.Logger.Level.DEBUG, "regular work waits: {0}", e.getMessage());
        } catch (RuntimeException | Error e) { // the next run must come, even after memory ran out
            LOG.log(System.Logger.Level.ERROR, "regular work failed", e);
        }
    }
}
