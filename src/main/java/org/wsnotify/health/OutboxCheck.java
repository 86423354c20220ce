package org.wsnotify.health;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;
import org.wsnotify.meter.StoreGauge;
import org.wsnotify.outbox.OutboxStatus;
import org.wsnotify.presence.StoreClock;

/**
 * Reports how many mails are owed and how old the oldest is. It is always up: taking a server out of service because
 * the mail server is down would also cut users off from their notifications.
 */
@Readiness
@ApplicationScoped
public class OutboxCheck implements HealthCheck {

    @Inject
    StoreGauge<OutboxStatus> gauge;

    @Inject
    StoreClock clock;

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response =
                HealthCheckResponse.named("outbox").up();
        gauge.latest()
                .ifPresent(outbox -> response.withData("owed", outbox.owed()).withData("oldestSeconds", age(outbox)));
        return response.build();
    }

    private long age(OutboxStatus outbox) {
        return outbox.oldest()
                .map(since -> Duration.between(since, clock.instant()).toSeconds())
                .orElse(0L);
    }
}
