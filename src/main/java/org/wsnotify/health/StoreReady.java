package org.wsnotify.health;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready while the store answers and the server is not stopping. */
@Readiness
@ApplicationScoped
public class StoreReady implements HealthCheck {

    @Inject
    Condition condition;

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("store")
                .status(condition.storeAnswers() && !condition.stopping())
                .withData("stopping", condition.stopping())
                .build();
    }
}
