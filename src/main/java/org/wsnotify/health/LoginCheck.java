package org.wsnotify.health;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;
import org.wsnotify.login.LoginService;

/**
 * Reports whether logins can be checked. It is always up: all servers share the users' database and would go out of
 * service at once, although publications and existing sessions still work.
 */
@Readiness
@ApplicationScoped
public class LoginCheck implements HealthCheck {

    @Inject
    LoginService logins;

    @Inject
    Clock clock;

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response =
                HealthCheckResponse.named("login").up().withData("hangingChecks", logins.hangingChecks());
        logins.unavailableSince()
                .ifPresent(since -> response.withData(
                        "unavailableSeconds",
                        Duration.between(since, clock.instant()).toSeconds()));
        return response.build();
    }
}
