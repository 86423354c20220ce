package org.wsnotify.metrics;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.eclipse.microprofile.metrics.Counter;
import org.eclipse.microprofile.metrics.Histogram;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;
import org.wsnotify.login.LoginService;
import org.wsnotify.meter.Meters;
import org.wsnotify.meter.StoreGauge;
import org.wsnotify.outbox.OutboxStatus;
import org.wsnotify.presence.Presence;
import org.wsnotify.relay.Relay;
import org.wsnotify.session.SessionRegistry;

/**
 * Publishes the meters at {@code /metrics}, with the same names and units on both servers. Safe for use by many
 * threads.
 *
 * <p>Times are a histogram of milliseconds. A timer would differ: Open Liberty reports {@code ..._seconds_...}, and
 * Payara Micro reports nanoseconds under another name.
 */
@ApplicationScoped
public class MicroProfileMeters implements Meters {

    @Inject
    MetricRegistry registry;

    @Inject
    SessionRegistry sessions;

    @Inject
    StoreGauge<OutboxStatus> outbox;

    @Inject
    StoreGauge<Long> schedule;

    @Inject
    LoginService logins;

    @Inject
    Presence presence;

    @Inject
    Relay relay;

    private Counter stored;
    private Counter pushed;
    private Counter slow;
    private Histogram published;
    private final Map<MailOutcome, Counter> mails = new EnumMap<>(MailOutcome.class);

    @PostConstruct
    void register() {
        stored = counter("notifications_stored", "Notifications stored");
        pushed = counter("notifications_pushed", "Notifications handed to open sessions");
        slow = counter("sessions_closed_slow", "Sessions closed because they could not keep up");
        published = registry.histogram(metadata("notify_time_milliseconds", "Time to answer /notify"));
        for (MailOutcome outcome : MailOutcome.values()) {
            Tag tag = new Tag("outcome", outcome.name().toLowerCase(Locale.ROOT));
            mails.put(outcome, registry.counter(metadata("mail_recipients", "Recipients of mails by outcome"), tag));
        }
        registry.gauge(metadata("sessions_open", "Open sessions"), sessions, SessionRegistry::size);
        registry.gauge(metadata("outbox_owed", "Mails owed and not yet sent"), outbox, MicroProfileMeters::owed);
        registry.gauge(
                metadata("scheduled_publications", "Publications that wait for their time"),
                schedule,
                MicroProfileMeters::scheduled);
        registry.gauge(
                metadata("login_checks_hanging", "Login checks that timed out and still hang"),
                logins,
                LoginService::hangingChecks);
        registry.gauge(
                metadata("login_unavailable", "1 while logins cannot be checked, else 0"),
                logins,
                service -> service.unavailableSince().isPresent() ? 1 : 0);
        registry.gauge(metadata("servers", "Servers that live, with this one"), presence, Presence::liveServers);
        registry.gauge(
                metadata("relay_waiting", "Events that wait to be told to other servers"), relay, Relay::waiting);
        registry.gauge(metadata("users_online", "Users with an open session"), sessions, SessionRegistry::users);
    }

    /** Returns NaN while the store is down. */
    private static double owed(StoreGauge<OutboxStatus> outbox) {
        return outbox.latest().map(status -> (double) status.owed()).orElse(Double.NaN);
    }

    /** Returns NaN while the store is down. */
    private static double scheduled(StoreGauge<Long> schedule) {
        return schedule.latest().map(Long::doubleValue).orElse(Double.NaN);
    }

    private Counter counter(String name, String description) {
        return registry.counter(metadata(name, description));
    }

    static Metadata metadata(String name, String description) {
        return Metadata.builder()
                .withName("notification_" + name)
                .withDescription(description)
                .build();
    }

    @Override
    public void stored(int notifications) {
        stored.inc(notifications);
    }

    @Override
    public void pushed(int envelopes) {
        pushed.inc(envelopes);
    }

    @Override
    public void slowSessionClosed() {
        slow.inc();
    }

    @Override
    public void mail(MailOutcome outcome, int recipients) {
        mails.get(outcome).inc(recipients);
    }

    @Override
    public void published(Duration took) {
        published.update(took.toMillis());
    }
}
