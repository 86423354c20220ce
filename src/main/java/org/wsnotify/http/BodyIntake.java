package org.wsnotify.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Reads bodies, of which only so many may be on their way at once: each holds a thread of the server until it is here.
 *
 * <p>A body has to come within a time, which grows with what came of it. Between two pieces it is the server that ends the wait. Safe for use by
 * many threads.
 */
public final class BodyIntake {

    private static final int PIECE = 8192;
    private static final int RETRY_SECONDS = 1;

    /**
     * What is taken.
     *
     * @param bodies most that are on their way
     * @param bytes most that they may have together; one that has more is alone
     * @param patience time for the first bytes and the last
     * @param bytesASecond so many more give a second more
     */
    public record Limits(int bodies, long bytes, Duration patience, int bytesASecond) {}

    private final Limits limits;
    private final Clock clock;
    private int bodies;
    private long bytes;

    public BodyIntake(Limits limits, Clock clock) {
        this.limits = limits;
        this.clock = clock;
    }

    /**
     * Reads a body on the caller's thread.
     *
     * @param size what it may grow to
     * @return at most {@code size + 1} bytes
     * @throws Problem too many are on their way, or this one took too long
     * @throws IOException it broke off
     */
    byte[] read(InputStream body, int size) throws IOException {
        if (!enters(size)) {
            throw Problem.retryLater(
                    ProblemCode.TOO_MANY_BODIES,
                    "Too many bodies are on their way. Nothing was stored.",
                    RETRY_SECONDS);
        }
        try {
            return whole(body, size);
        } finally {
            left(size);
        }
    }

    private byte[] whole(InputStream body, int size) throws IOException {
        Instant began = clock.instant();
        ByteArrayOutputStream read = new ByteArrayOutputStream(512);
        byte[] piece = new byte[PIECE];
        int count = 0;
        while (count >= 0 && read.size() <= size) {
            count = body.read(piece, 0, Math.min(PIECE, size + 1 - read.size()));
            read.write(piece, 0, Math.max(0, count));
            Duration allowed = limits.patience().plusMillis(read.size() * 1000L / limits.bytesASecond());
            if (count >= 0 && Duration.between(began, clock.instant()).compareTo(allowed) > 0) {
                throw Problem.of(ProblemCode.BODY_TIMEOUT, "The body did not come in time. Nothing was stored.");
            }
        }
        return read.toByteArray();
    }

    private synchronized boolean enters(long size) {
        if (bodies >= limits.bodies() || (bodies > 0 && bytes + size > limits.bytes())) {
            return false;
        }
        bodies++;
        bytes += size;
        return true;
    }

    private synchronized void left(long size) {
        bodies--;
        bytes -= size;
    }
}
