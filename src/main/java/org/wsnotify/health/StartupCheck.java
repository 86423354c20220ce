package org.wsnotify.health;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Startup;

/** Is up once the store was reached and has its indexes. */
@Startup
@ApplicationScoped
public class StartupCheck implements HealthCheck {

    @Inject
    ServerStatus condition;

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("started").status(condition.started()).build();
    }
}
