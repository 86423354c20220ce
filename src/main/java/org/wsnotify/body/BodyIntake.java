package org.wsnotify.body;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Reads bodies, a limited number at once: each occupies a thread of the server until it has arrived.
 *
 * <p>A body must arrive within a time that grows with its length. The time is checked between two reads; the server
 * ends a read that never returns. Threads wait because asynchronous reads are unreliable on both servers
 * (docs/decisions/0004). Safe for use by many threads.
 */
public final class BodyIntake {

    private static final int PIECE = 8192;

    private static final int MOST_KEPT_READY = 65_536;

    private final IntakeLimits limits;
    private final LongSupplier nanoTime;
    private final Map<String, Integer> perAddress = new HashMap<>();
    private final Map<String, Integer> waitingPerAddress = new HashMap<>();
    private int bodies;
    private int waiting;
    private long bytes;

    /** @param nanoTime as {@link System#nanoTime} */
    public BodyIntake(IntakeLimits limits, LongSupplier nanoTime) {
        this.limits = limits;
        this.nanoTime = nanoTime;
    }

    /**
     * Reads a body on the caller's thread. A body that has arrived already takes no place.
     *
     * @param address the address whose share it takes
     * @param announced its length in bytes; negative if unknown
     * @param most most bytes it may have
     */
    public ArrivedBody read(InputStream body, String address, long announced, int most) {
        if (announced > most) {
            return ArrivedBody.not(ArrivedBody.End.TOO_LONG);
        }
        try {
            if (announced >= 0 && body.available() >= announced) {
                return whole(body.readNBytes((int) announced), announced);
            }
            return waitFor(body, address, announced, most);
        } catch (IOException e) {
            return ArrivedBody.not(ArrivedBody.End.BROKEN);
        }
    }

    /** A body that ends early is broken, even if the server reports a normal end. */
    private static ArrivedBody whole(byte[] body, long announced) {
        return announced < 0 || body.length == announced
                ? ArrivedBody.whole(body)
                : ArrivedBody.not(ArrivedBody.End.BROKEN);
    }

    private ArrivedBody waitFor(InputStream body, String address, long announced, int most) throws IOException {
        int size = announced < 0 ? most : (int) announced;
        if (!entersInTime(address, size)) {
            return ArrivedBody.not(ArrivedBody.End.TOO_MANY);
        }
        try {
            return inTime(body, announced, size);
        } finally {
            left(address, size);
        }
    }

    /** Reads what has arrived even if it is late: Open Liberty returns the first byte when the last has arrived. */
    private ArrivedBody inTime(InputStream body, long announced, int size) throws IOException {
        long began = nanoTime.getAsLong();
        ByteArrayOutputStream read = new ByteArrayOutputStream(Math.min(size, MOST_KEPT_READY));
        byte[] piece = new byte[PIECE];
        for (int count = body.read(piece); count >= 0; count = body.read(piece)) {
            read.write(piece, 0, count);
            if (read.size() > size) {
                return ArrivedBody.not(ArrivedBody.End.TOO_LONG);
            }
            if (read.size() == announced) {
                break;
            }
            if (isLate(began, read.size()) && body.available() == 0) {
                return ArrivedBody.not(ArrivedBody.End.LATE);
            }
        }
        return whole(read.toByteArray(), announced);
    }

    private boolean isLate(long began, int came) {
        Duration allowed = limits.patience().plusMillis(came * 1000L / limits.bytesPerSecond());
        return nanoTime.getAsLong() - began > allowed.toNanos();
    }

    /** Lets a few wait: most bodies arrive at once, but Open Liberty does not tell whether one has arrived. */
    private synchronized boolean entersInTime(String address, int size) {
        long end = System.nanoTime() + limits.longestWait().toNanos();
        waiting++;
        waitingPerAddress.merge(address, 1, Integer::sum);
        try {
            while (isFull(address, size)) {
                long millis = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                boolean tooManyWait =
                        waiting > limits.waiting() || waitingPerAddress.get(address) > limits.perAddress();
                if (tooManyWait || millis <= 0) {
                    return false;
                }
                wait(millis);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            waiting--;
            countDown(waitingPerAddress, address);
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
        countDown(perAddress, address);
        notifyAll();
    }

    private static void countDown(Map<String, Integer> counts, String address) {
        counts.compute(address, (whose, count) -> count == 1 ? null : count - 1);
    }
}
