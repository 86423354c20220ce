package org.wsnotify.config;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.wsnotify.body.BodyGate;
import org.wsnotify.body.BodyIntake;
import org.wsnotify.http.BodyReceiver;
import org.wsnotify.http.NotifySettings;
import org.wsnotify.sockjs.SockJsService;
import org.wsnotify.sockjs.servlet.SockJsWriter;

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

    /** How long a body waits until another one has arrived; a quarter as many may wait as arrive at once. */
    private static final Duration MAX_WAIT = Duration.ofSeconds(2);

    private static final int BYTES_PER_SECOND = 16_384;

    /** The bodies of each kind take at most one part in so many of the heap. */
    private static final int SHARE_OF_HEAP = 8;

    @Inject
    Settings settings;

    @Produces
    @Singleton
    BodyGate bodyGate(NotifySettings notify) {
        return new BodyReceiver(notify, intake(PUBLISHERS, PUBLISHERS), intake(STRANGERS, STRANGERS_PER_ADDRESS));
    }

    @Produces
    @Singleton
    SockJsWriter sockJsWriter(SockJsService service, Threads threads) {
        return new SockJsWriter(service, threads.writers(), intake(SOCKJS, SOCKJS_PER_ADDRESS));
    }

    private BodyIntake intake(int bodies, int perAddress) {
        long bytes = Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP;
        Duration patience = settings.publishing().bodyTimeout();
        return new BodyIntake(
                new BodyIntake.Limits(bodies, perAddress, bytes, bodies / 4, MAX_WAIT, patience, BYTES_PER_SECOND),
                System::nanoTime);
    }
}
