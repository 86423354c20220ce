package org.wsnotify.meter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.wsnotify.notification.StoreUnavailableException;

class StoreGaugeTest {

    private final AtomicLong waiting = new AtomicLong(3);
    private final AtomicBoolean down = new AtomicBoolean();
    private final StoreGauge<Long> gauge = new StoreGauge<>(this::ask);

    @Test
    void hasTheAnswerThatWasGivenLast() {
        assertThat(gauge.latest()).isEmpty();
        gauge.refresh();
        waiting.set(4);
        assertThat(gauge.latest()).contains(3L);

        gauge.refresh();

        assertThat(gauge.latest()).contains(4L);
    }

    @Test
    void hasNoAnswerWhileTheStoreIsUnavailable() {
        gauge.refresh();
        down.set(true);
        gauge.refresh();
        assertThat(gauge.latest()).isEmpty();

        down.set(false);
        gauge.refresh();

        assertThat(gauge.latest()).contains(3L);
    }

    private long ask() {
        if (down.get()) {
            throw new StoreUnavailableException("down");
        }
        return waiting.get();
    }
}
