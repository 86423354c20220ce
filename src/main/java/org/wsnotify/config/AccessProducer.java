package org.wsnotify.config;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.wsnotify.servlet.AccessPolicy;
import org.wsnotify.servlet.AvailabilityGate;
import org.wsnotify.servlet.Origins;

/** Creates what decides whether a request is let in. */
@ApplicationScoped
public class AccessProducer {

    @Inject
    Settings settings;

    @Produces
    @Singleton
    AccessPolicy accessPolicy() {
        return new AccessPolicy(
                new Origins(settings.connections().allowedOrigins()),
                settings.publishing().trustedProxies(),
                settings.demo());
    }

    @Produces
    @Singleton
    AvailabilityGate availabilityGate() {
        return new AvailabilityGate();
    }
}
