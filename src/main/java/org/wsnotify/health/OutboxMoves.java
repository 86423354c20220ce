package org.wsnotify.health;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.wsnotify.outbox.OutboxStatus;

/**
 * Tells how much mail is owed and how old the oldest is. Always up: taking a server out of service because the mail server is down would
 * cut users off from their notifications as well.
 */
@Readiness
@ApplicationScoped
public class OutboxMoves implements HealthCheck {

    @Inject
    Condition condition;

    @Inject
    Clock clock;

    @Override
    public HealthCheckResponse call() {
        OutboxStatus outbox = condition.outbox();
        long age = outbox.oldest()
                .map(since -> Duration.between(since, clock.instant()).toSeconds())
                .orElse(0L);
        return HealthCheckResponse.named("outbox")
                .up()
                .withData("owed", outbox.owed())
                .withData("oldestSeconds", age)
                .build();
    }
}
