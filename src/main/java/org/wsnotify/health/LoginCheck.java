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
 * Tells whether logins can be checked, and since when they cannot. Always up: all servers share the users' database, so
 * all of them would go out of service at once, together with publications and with the sessions of users who are logged
 * in.
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
