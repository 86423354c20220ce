package org.wsnotify.body;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Reads bodies, of which only so many may be on their way at once: each holds a thread of the server until it is here.
 *
 * <p>A body has to come within a time, which grows with what came of it. Between two pieces it is the server that ends the wait. Threads wait
 * because asynchronous reads are not to be relied on: Payara takes some bodies in pieces for empty ones, and both servers answer some requests twice or
 * with nothing (docs/decisions/0004). Safe for use by many threads.
 */
public final class BodyIntake {

    private static final int PIECE = 8192;

    /**
     * What is taken.
     *
     * @param bodies most that are on their way
     * @param perAddress most of them from one address
     * @param bytes most that they may have together; one that has more is alone
     * @param waiting most that wait for a place
     * @param longestWait how long they wait
     * @param patience time for the first bytes and the last
     * @param bytesASecond so many more give a second more
     */
    public record Limits(
            int bodies,
            int perAddress,
            long bytes,
            int waiting,
            Duration longestWait,
            Duration patience,
            int bytesASecond) {}

    private final Limits limits;
    private final Clock clock;
    private final Map<String, Integer> perAddress = new HashMap<>();
    private int bodies;
    private int waiting;
    private long bytes;

    public BodyIntake(Limits limits, Clock clock) {
        this.limits = limits;
        this.clock = clock;
    }

    /**
     * Reads a body on the caller's thread. One that is here already takes no place.
     *
     * @param address whose share it takes
     * @param announced its length in bytes; negative: not known
     * @param most bytes that it may have
     */
    public ArrivedBody read(InputStream body, String address, long announced, int most) {
        if (announced > most) {
            return ArrivedBody.not(ArrivedBody.End.TOO_LONG);
        }
        try {
            if (announced >= 0 && body.available() >= announced) {
                return ArrivedBody.whole(body.readNBytes((int) announced));
            }
            return waitFor(body, address, announced < 0 ? most : (int) announced);
        } catch (IOException e) {
            return ArrivedBody.not(ArrivedBody.End.BROKEN);
        }
    }

    private ArrivedBody waitFor(InputStream body, String address, int size) throws IOException {
        if (!entersInTime(address, size)) {
            return ArrivedBody.not(ArrivedBody.End.TOO_MANY);
        }
        try {
            return inTime(body, size);
        } finally {
            left(address, size);
        }
    }

    private ArrivedBody inTime(InputStream body, int size) throws IOException {
        Instant began = clock.instant();
        ByteArrayOutputStream read = new ByteArrayOutputStream(512);
        byte[] piece = new byte[PIECE];
        for (int count = body.read(piece); count >= 0; count = body.read(piece)) {
            read.write(piece, 0, count);
            if (read.size() > size) {
                return ArrivedBody.not(ArrivedBody.End.TOO_LONG);
            }
            Duration allowed = limits.patience().plusMillis(read.size() * 1000L / limits.bytesASecond());
            if (Duration.between(began, clock.instant()).compareTo(allowed) > 0) {
                return ArrivedBody.not(ArrivedBody.End.LATE);
            }
        }
        return ArrivedBody.whole(read.toByteArray());
    }

    /** A few wait for a place: most bodies are here in no time, but Open Liberty does not say of one that it is here already. */
    private synchronized boolean entersInTime(String address, int size) {
        long end = System.nanoTime() + limits.longestWait().toNanos();
        waiting++;
        try {
            while (isFull(address, size)) {
                long millis = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                if (waiting > limits.waiting() || millis <= 0) {
                    return false;
                }
                wait(millis);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            waiting--;
        }
        bodies++;
        bytes += size;
        perAddress.merge(address, 1, Integer::sum);
        return true;
    }

    synchronized int waiting() {
        return waiting;
    }

    private boolean isFull(String address, int size) {
        return bodies >= limits.bodies()
                || perAddress.getOrDefault(address, 0) >= limits.perAddress()
                || (bodies > 0 && bytes + size > limits.bytes());
    }

    private synchronized void left(String address, int size) {
        bodies--;
        bytes -= size;
        perAddress.compute(address, (whose, count) -> count == 1 ? null : count - 1);
        notifyAll();
    }
}
