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
 * Runs the outbox on threads and timers of the server.
 *
 * <p>{@link #drain} returns at once, and mails are sent on a thread of the server. A timer also looks for due mails
 * every five seconds. There is no transaction: sending a mail must not hold one open.
 */
@Singleton
@Startup
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class MailWorkerBean {
    @Inject
    private OutboxWorker worker;

    /** Sends due mails on another thread. Called after a mail was owed. */
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

    /** Waits for the mail under way, before the store is closed. */
    @PreDestroy
    void stop() {
        worker.stop();
    }
}
