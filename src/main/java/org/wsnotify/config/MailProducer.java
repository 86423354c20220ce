package org.wsnotify.config;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Clock;
import java.util.random.RandomGenerator;
import org.wsnotify.delivery.ScheduleStore;
import org.wsnotify.erasure.UserDataStore;
import org.wsnotify.erasure.UserErasure;
import org.wsnotify.inbox.Devices;
import org.wsnotify.meter.Meters;
import org.wsnotify.meter.StoreGauge;
import org.wsnotify.outbox.AttemptOutcome;
import org.wsnotify.outbox.Claims;
import org.wsnotify.outbox.MailNeed;
import org.wsnotify.outbox.MailOutbox;
import org.wsnotify.outbox.Mailer;
import org.wsnotify.outbox.NotificationFates;
import org.wsnotify.outbox.OutboxStatus;
import org.wsnotify.outbox.OutboxWorker;
import org.wsnotify.outbox.PresenceConfirmation;
import org.wsnotify.outbox.PresenceReporter;
import org.wsnotify.outbox.RetrySchedule;
import org.wsnotify.presence.Presence;
import org.wsnotify.presence.StoreClock;
import org.wsnotify.smtp.FileMailer;
import org.wsnotify.smtp.SmtpMailer;
import org.wsnotify.smtp.SmtpSettings;

/** Creates the mailer that the settings choose, and the worker of the outbox. */
@ApplicationScoped
public class MailProducer {

    private static final System.Logger LOG = System.getLogger(MailProducer.class.getName());

    @Inject
    Settings settings;

    @Inject
    StartFaults faults;

    @Inject
    Threads threads;

    @Produces
    @Singleton
    PresenceConfirmation presenceConfirmation(Devices devices, Clock clock, StoreClock storeClock, Presence others) {
        return new PresenceConfirmation(
                devices::heardSince, settings.mail().policy().hold(), clock, storeClock, others);
    }

    @Produces
    @Singleton
    PresenceReporter presenceReporter(
            MailOutbox outbox, Devices devices, Clock clock, StoreClock storeClock, Presence others) {
        return new PresenceReporter(
                outbox, devices::heardSince, settings.mail().policy().hold(), clock, storeClock, others);
    }

    @Produces
    @Singleton
    OutboxWorker worker(
            MailOutbox outbox,
            PresenceConfirmation confirmation,
            NotificationFates fates,
            Meters meters,
            StoreClock clock) {
        RetrySchedule schedule = new RetrySchedule(RandomGenerator.getDefault());
        return new OutboxWorker(
                new Claims<>(outbox, threads.storeTimers(), clock),
                faults.unlessAny(this::mailer, () -> files(settings.mail())),
                new AttemptOutcome(schedule, meters, clock),
                confirmation,
                new MailNeed(fates));
    }

    /** Files may be left from before a mail server was set. */
    @Produces
    @Singleton
    UserErasure erasure(UserDataStore store, ScheduleStore schedule, Devices devices, Stores stores) {
        return new UserErasure(store, schedule, devices, files(settings.mail()), stores::erased, Threads::pause);
    }

    @Produces
    @Singleton
    StoreGauge<OutboxStatus> outboxGauge(MailOutbox outbox) {
        return new StoreGauge<>(outbox::status);
    }

    private Mailer mailer() {
        MailSettings mail = settings.mail();
        try {
            return mail.host().isPresent() ? new SmtpMailer(smtp(mail)) : prepared(files(mail));
        } catch (IllegalArgumentException e) {
            throw new SettingsException(
                    "The settings " + Setting.PREFIX + "mail.* cannot work: " + e.getMessage() + ".");
        }
    }

    private static FileMailer files(MailSettings mail) {
        return new FileMailer(mail.directory(), mail.from());
    }

    private Mailer prepared(FileMailer mailer) {
        try {
            mailer.prepare();
        } catch (IOException e) {
            throw new SettingsException(
                    "The setting " + Setting.MAIL_DIRECTORY.key() + " cannot work: " + e.getMessage() + ".");
        }
        LOG.log(
                System.Logger.Level.WARNING,
                "{0} is not set: mails are written as files into {1}",
                Setting.MAIL_HOST.key(),
                settings.mail().directory());
        return mailer;
    }

    private static SmtpSettings smtp(MailSettings mail) {
        return new SmtpSettings(
                mail.host().orElseThrow(),
                mail.port(),
                mail.security(),
                mail.user().orElse(""),
                mail.password().orElse(""),
                mail.from(),
                mail.ehlo(),
                mail.timeout(),
                mail.timeout(),
                mail.timeout());
    }
}
