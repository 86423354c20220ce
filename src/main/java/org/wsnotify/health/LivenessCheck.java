package org.wsnotify.health;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.wsnotify.session.SessionRegistry;

/** Is up whenever it can answer at all: a store that is down is no reason to restart the server. */
@Liveness
@ApplicationScoped
public class LivenessCheck implements HealthCheck {

    @Inject
    SessionRegistry registry;

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("sessions")
                .up()
                .withData("open", registry.size())
                .build();
    }
}
