package org.wsnotify.it;

import java.time.Duration;

/** Lets time pass: how long a fault lasts, or the pace of a load. Never used to wait for something to happen. */
final class Pause {

    private Pause() {}

    static void of(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
