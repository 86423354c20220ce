package org.wsnotify.health;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Is up while the store answers and the server is not stopping. The data say what is wrong with the store. */
@Readiness
@ApplicationScoped
public class StoreCheck implements HealthCheck {

    @Inject
    ServerStatus condition;

    @Override
    public HealthCheckResponse call() {
        Optional<String> trouble = condition.storeTrouble();
        HealthCheckResponseBuilder response = HealthCheckResponse.named("store")
                .status(trouble.isEmpty() && !condition.stopping())
                .withData("stopping", condition.stopping());
        trouble.ifPresent(reason -> response.withData("reason", reason));
        return response.build();
    }
}
