package org.wsnotify.smtp;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.wsnotify.delivery.MailDecision;

/**
 * Lets the mail worker look at the outbox at once, or when a mail that is held becomes due.
 *
 * <p>Safe for use by many threads; never blocks. The worker also looks regularly, so a lost call only delays a mail.
 */
public final class MailWakeUp implements MailDecision.MailOwed {

    /** The outbox compares times in milliseconds: a look a little later finds the mail due. */
    private static final Duration MARGIN = Duration.ofMillis(10);

    private final Runnable drain;
    private final ScheduledExecutorService timers;

    /** @param drain sends what is due, on another thread */
    public MailWakeUp(Runnable drain, ScheduledExecutorService timers) {
        this.drain = drain;
        this.timers = timers;
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // the worker handles its own failures
    public void dueIn(Duration delay) {
        if (delay.isZero()) {
            drain.run();
        } else {
            timers.schedule(drain, delay.plus(MARGIN).toMillis(), TimeUnit.MILLISECONDS);
        }
    }
}
