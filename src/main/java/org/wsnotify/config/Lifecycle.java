package org.wsnotify.config;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.wsnotify.channel.CloseStatus;
import org.wsnotify.channel.OutgoingBudget;
import org.wsnotify.delivery.IdempotencyStore;
import org.wsnotify.health.ServerStatus;
import org.wsnotify.login.Authenticator;
import org.wsnotify.login.LoginService;
import org.wsnotify.meter.Meters;
import org.wsnotify.notification.StoreUnavailableException;
import org.wsnotify.outbox.OutboxGauge;
import org.wsnotify.outbox.OutboxWorker;
import org.wsnotify.servlet.AvailabilityGate;
import org.wsnotify.session.ClientSession;
import org.wsnotify.session.Heartbeat;
import org.wsnotify.session.HeartbeatTiming;
import org.wsnotify.session.SessionRegistry;
import org.wsnotify.sockjs.SockJsService;

/**
 * Starts and stops the application, in order.
 *
 * <p>Where settings cannot work, it says so and lets nobody in. Else a start reads the settings, opens the store,
 * prepares it (again and again while a database cannot be reached), and begins the regular work. A stop says so to the
 * readiness check, closes the sessions spread over a few seconds, lets the mail under way end, and closes the store.
 */
@ApplicationScoped
public class Lifecycle implements ServerStatus {

    private static final System.Logger LOG = System.getLogger(Lifecycle.class.getName());
    private static final Duration IDEMPOTENCY_KEPT = Duration.ofHours(24);
    private static final Duration OUTBOX_COUNTED = Duration.ofSeconds(5);
    private static final Duration CLOSING = Duration.ofSeconds(3);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration MAIL_MARGIN = Duration.ofSeconds(5);

    @Inject
    Settings settings;

    @Inject
    StartFaults faults;

    @Inject
    Stores stores;

    @Inject
    OutboxGauge outbox;

    @Inject
    IdempotencyStore idempotency;

    @Inject
    OutboxWorker mail;

    @Inject
    SessionRegistry registry;

    @Inject
    OutgoingBudget outgoing;

    @Inject
    SockJsService sockJs;

    @Inject
    LoginService logins;

    @Inject
    Authenticator authenticator;

    @Inject
    Threads threads;

    @Inject
    Clock clock;

    @Inject
    Meters meters;

    @Inject
    AvailabilityGate gate;

    @Inject
    ProcessEnd processEnd;

    private volatile boolean prepared;
    private volatile String lastTrouble;
    private volatile boolean stopping;
    private boolean stopped;

    void start(
            @Observes @Initialized(ApplicationScoped.class) @Priority(Interceptor.Priority.APPLICATION) Object event) {
        if (!faults.sentences().isEmpty()) {
            refuse();
            return;
        }
        meters.stored(0); // makes the meters, so that they are there before anything happened
        prepare();
        processEnd.stopFirst(this::stop);
        Heartbeat heartbeat = new Heartbeat(
                registry,
                new HeartbeatTiming(
                        settings.sessions().heartbeat(), settings.sessions().sendTimeout()),
                outgoing,
                clock,
                meters);
        every(threads.timers(), Duration.ofSeconds(1), heartbeat::beat);
        every(threads.timers(), Duration.ofSeconds(1), sockJs::sweep);
        every(threads.storeTimers(), OUTBOX_COUNTED, outbox::refresh);
        every(
                threads.storeTimers(),
                Duration.ofMinutes(10),
                () -> idempotency.forget(clock.instant().minus(IDEMPOTENCY_KEPT)));
        LOG.log(
                System.Logger.Level.INFO,
                "started: notifications are kept in {0}; mail goes to {1}; users come from {2}; {3} may publish",
                stores.description(),
                settings.mail().destination(),
                authenticator.description(),
                settings.publishing().callers());
    }

    /**
     * The parts are there, and do nothing. Nothing is thrown: the server would say it again and again, in hundreds of
     * lines.
     */
    private void refuse() {
        stopped = true;
        mail.stop();
        registry.refuse();
        gate.neverOpen();
        stores.close();
        LOG.log(System.Logger.Level.ERROR, "cannot start: {0}", String.join("\n    ", faults.sentences()));
    }

    void undeployed(@Observes @BeforeDestroyed(ApplicationScoped.class) Object event) {
        stop();
        processEnd.forget();
    }

    /** By the server or by the end of the process, whichever is first; the second waits until all is done. */
    private synchronized void stop() {
        if (stopped) {
            return;
        }
        stopped = true;
        stopping = true;
        LOG.log(System.Logger.Level.INFO, "stopping, with {0} open sessions", registry.size());
        registry.refuse();
        closeSessions();
        awaitMail();
        threads.stop(PATIENCE);
        gate.close();
        stores.close();
    }

    /** A mail server may take its time to take a mail, which would be sent again if that could not be stored. */
    private void awaitMail() {
        Duration longest = settings.mail().timeout().plus(MAIL_MARGIN);
        if (!mail.stop(longest)) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "a mail is still under way after {0}: it may be sent again after the next start",
                    longest);
        }
    }

    /** Not all at once: those who come back would all come back at once. */
    private void closeSessions() {
        var sessions = registry.sessions();
        long pause = sessions.isEmpty() ? 0 : CLOSING.toNanos() / sessions.size();
        for (ClientSession session : sessions) {
            session.close(CloseStatus.GOING_AWAY);
            LockSupport.parkNanos(Math.min(pause, TimeUnit.MILLISECONDS.toNanos(50)));
        }
        registry.sessions().forEach(session -> session.close(CloseStatus.GOING_AWAY)); // who came meanwhile
    }

    private void prepare() {
        try {
            stores.prepare();
            prepared = true;
        } catch (StoreUnavailableException e) {
            tellOnce(e.getMessage());
            later(Duration.ofSeconds(5), this::prepare);
        }
    }

    /** Every five seconds it is tried again; the log has what changed. */
    private void tellOnce(String trouble) {
        if (!trouble.equals(lastTrouble)) {
            lastTrouble = trouble;
            LOG.log(System.Logger.Level.WARNING, "the store cannot be reached, trying again: {0}", trouble);
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the task answers for itself
    private void later(Duration delay, Runnable task) {
        try {
            threads.storeTimers().schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            // the server stops
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the task answers for itself
    private static void every(ScheduledExecutorService timers, Duration interval, Runnable task) {
        timers.scheduleWithFixedDelay(
                () -> guarded(task), interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static void guarded(Runnable task) {
        try {
            task.run();
        } catch (StoreUnavailableException e) {
            LOG.log(System.Logger.Level.DEBUG, "regular work waits: {0}", e.getMessage());
        } catch (RuntimeException | Error e) { // the next turn must come, also after memory ran out
            LOG.log(System.Logger.Level.ERROR, "regular work failed", e);
        }
    }

    @Override
    public Optional<String> storeTrouble() {
        if (!faults.sentences().isEmpty()) {
            return Optional.of("The server did not start; its log says why");
        }
        Optional<String> trouble = stores.trouble();
        return trouble.isEmpty() && !prepared ? Optional.of("The store is not prepared yet") : trouble;
    }

    @Override
    public boolean started() {
        return prepared;
    }

    @Override
    public boolean stopping() {
        return stopping;
    }
}
