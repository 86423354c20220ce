package org.wsnotify.config;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.wsnotify.body.BodyGate;
import org.wsnotify.body.BodyIntake;
import org.wsnotify.body.IntakeLimits;
import org.wsnotify.http.BodyReceiver;
import org.wsnotify.http.PublicationLimits;
import org.wsnotify.http.PublisherAccess;
import org.wsnotify.sockjs.SockJsService;
import org.wsnotify.sockjs.servlet.SockJsHandler;

/**
 * Creates what receives the bodies of requests, and divides the threads among them: a body that arrives holds one. The
 * servers have some hundred more.
 */
@ApplicationScoped
public class BodyProducer {

    /** The most bodies at once of publishers with a key. */
    private static final int PUBLISHERS = 48;

    /** The most bodies at once whose key may be in the body. */
    private static final int STRANGERS = 16;

    private static final int STRANGERS_PER_ADDRESS = 4;

    /** The most bodies at once of SockJS clients. */
    private static final int SOCKJS = 32;

    private static final int SOCKJS_PER_ADDRESS = 8;

    @Inject
    Settings settings;

    @Produces
    @Singleton
    BodyGate bodyGate(PublisherAccess access, PublicationLimits limits) {
        return new BodyReceiver(
                access, limits, intake(PUBLISHERS, PUBLISHERS), intake(STRANGERS, STRANGERS_PER_ADDRESS));
    }

    @Produces
    @Singleton
    SockJsHandler sockJsHandler(SockJsService service, Threads threads) {
        return new SockJsHandler(service, threads.writers(), intake(SOCKJS, SOCKJS_PER_ADDRESS));
    }

    private BodyIntake intake(int bodies, int perAddress) {
        Duration patience = settings.publishing().bodyTimeout();
        return new BodyIntake(IntakeLimits.of(bodies, perAddress, patience), System::nanoTime);
    }
}
