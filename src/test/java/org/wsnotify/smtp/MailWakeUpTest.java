package org.wsnotify.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.Delayed;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MailWakeUpTest {

    private final ScheduledThreadPoolExecutor timers = new ScheduledThreadPoolExecutor(1);
    private final AtomicInteger drained = new AtomicInteger();
    private final MailWakeUp wakeUp = new MailWakeUp(drained::incrementAndGet, timers);

    @AfterEach
    void stop() {
        timers.shutdownNow();
    }

    @Test
    void mailThatIsDueIsSentAtOnce() {
        wakeUp.dueIn(Duration.ZERO);

        assertThat(drained).hasValue(1);
        assertThat(timers.getQueue()).isEmpty();
    }

    @Test
    void mailThatIsHeldIsSentShortlyAfterItBecomesDue() {
        wakeUp.dueIn(Duration.ofHours(1));

        assertThat(drained).hasValue(0);
        Delayed turn = (Delayed) timers.getQueue().element();
        assertThat(Duration.ofMillis(turn.getDelay(TimeUnit.MILLISECONDS)))
                .isBetween(Duration.ofMinutes(59), Duration.ofHours(1).plusMillis(10));
    }
}
