package org.wsnotify.outbox;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.AtomicBoolean;

/** Logs an outage: one line when it begins and one when it ends. Safe for use by many threads. */
final class OutageLog {
    private static final Logger LOG = System.getLogger(OutboxWorker.class.getName());

    private final String what;
    private final AtomicBoolean on = new AtomicBoolean();

    OutageLog(String what) {
        this.what = what;
    }

    void began(String why) {
        if (on.compareAndSet(false, true)) {
            LOG.log(Level.WARNING, "{0}, e-mail waits: {1}", what, why);
        }
    }

    void over() {
        if (on.compareAndSet(true, false)) {
            LOG.log(Level.INFO, "No longer: {0}", what);
        }
    }
}
