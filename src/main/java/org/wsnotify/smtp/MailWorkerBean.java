package org.wsnotify.smtp;

import jakarta.annotation.PreDestroy;
import jakarta.ejb.Asynchronous;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import org.wsnotify.outbox.OutboxWorker;

/**
 * Lets the server's threads and timers work the outbox.
 *
 * <p>{@link #drain} returns at once; the mail is sent on a thread of the server. A timer looks every five seconds for
 * what has become due, so that nothing depends on a call. No transaction: a mail under way must not hold one open.
 */
@Singleton
@Startup
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class MailWorkerBean {
    @Inject
    private OutboxWorker worker;

    /** Sends what is due, on another thread. To be called after something was owed. */
    @Asynchronous
    public void drain() {
        worker.drain();
    }

    @Schedule(hour = "*", minute = "*", second = "*/5", persistent = false, info = "outbox: what has become due")
    void drainDue() {
        worker.drain();
    }

    @Schedule(hour = "*", minute = "17", second = "0", persistent = false, info = "outbox: what is done with")
    void forgetDone() {
        worker.forget();
    }

    /** The mail under way is waited for before the store is closed. */
    @PreDestroy
    void stop() {
        worker.stop();
    }
}
