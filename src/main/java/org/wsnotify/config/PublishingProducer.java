package org.wsnotify.config;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import org.wsnotify.delivery.IdempotentNotifier;
import org.wsnotify.delivery.PublicationCapacity;
import org.wsnotify.delivery.PublicationQueue;
import org.wsnotify.http.PublicationLimits;
import org.wsnotify.http.PublisherAccess;
import org.wsnotify.login.RareLog;

/** Creates what {@code /notify} needs: who may publish, and how many publications wait for the store. */
@ApplicationScoped
public class PublishingProducer {

    private static final System.Logger LOG = System.getLogger(PublisherAccess.class.getName());
    private static final Duration BETWEEN_WARNINGS = Duration.ofMinutes(1);

    /** The most publications that wait for the store. An election of MongoDB takes seconds, and nobody is to notice. */
    private static final int MAX_WAITING = 1_000;

    /** Waiting publications take at most one part in so many of the heap. */
    private static final int SHARE_OF_HEAP = 8;

    @Inject
    Settings settings;

    @Produces
    @Singleton
    PublisherAccess publisherAccess(Clock clock) {
        RareLog refusals = new RareLog(LOG, BETWEEN_WARNINGS, clock);
        return new PublisherAccess(settings.publishing().apiKeys(), refusals, clock);
    }

    @Produces
    @Singleton
    PublicationLimits publicationLimits() {
        PublishingSettings publishing = settings.publishing();
        return new PublicationLimits(publishing.maxBody(), publishing.maxUsers(), publishing.maxContent());
    }

    @Produces
    @Singleton
    PublicationQueue publicationQueue(IdempotentNotifier notifier, Threads threads) {
        return new PublicationQueue(
                notifier,
                threads.publications(),
                threads::later,
                threads::elsewhere,
                new PublicationCapacity(MAX_WAITING, Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP));
    }
}
