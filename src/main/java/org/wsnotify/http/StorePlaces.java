package org.wsnotify.http;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** How many requests may use the store on their own threads at the same time. Safe for use by many threads. */
@ApplicationScoped
public class StorePlaces {

    /** More than a store that answers in milliseconds ever has at once. */
    static final int PLACES = 32;

    /** How many others may wait for a place. */
    static final int WAITING = 16;

    private static final long WAIT_MILLIS = 1000;

    private final Semaphore places = new Semaphore(PLACES, true);

    /** Takes a place, after waiting for a moment if need be. Returns whether there was one; it is to be left. */
    boolean enter() {
        if (places.tryAcquire()) {
            return true;
        }
        try {
            return places.getQueueLength() < WAITING && places.tryAcquire(WAIT_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the server stops
            return false;
        }
    }

    void leave() {
        places.release();
    }
}
