package org.wsnotify.body;

import java.time.Duration;

/**
 * How many bodies may arrive at once and how long each may take. Immutable.
 *
 * @param bodies most bodies that arrive at once
 * @param perAddress most of them from one address
 * @param bytes most bytes that they may have together; a single larger body is alone
 * @param waiting most bodies that wait for a place
 * @param longestWait how long they wait
 * @param patience the time for the first and the last bytes
 * @param bytesPerSecond each so many bytes add a second
 */
public record IntakeLimits(
        int bodies,
        int perAddress,
        long bytes,
        int waiting,
        Duration longestWait,
        Duration patience,
        int bytesPerSecond) {

    private static final int HEAP_SHARE = 8;
    private static final int WAITING_SHARE = 4;
    private static final Duration WAIT = Duration.ofSeconds(2);
    private static final int RATE = 16_384;

    /** Returns limits with the defaults: an eighth of the heap, a quarter as many waiting bodies, 16 KiB a second. */
    public static IntakeLimits of(int bodies, int perAddress, Duration patience) {
        long bytes = Runtime.getRuntime().maxMemory() / HEAP_SHARE;
        return new IntakeLimits(bodies, perAddress, bytes, bodies / WAITING_SHARE, WAIT, patience, RATE);
    }
}
