package org.wsnotify.channel;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A channel that keeps what was sent; what its client does is decided by the test. */
public final class RecordingChannel implements Channel {

    private final List<String> texts = new CopyOnWriteArrayList<>();
    private final AtomicInteger probes = new AtomicInteger();
    private volatile Instant lastHeard = Instant.EPOCH;
    private volatile Duration readingTime = Duration.ZERO;
    private volatile Instant sendingSince;
    private volatile CloseStatus closed;
    private volatile boolean reading = true;
    private volatile Runnable whenRead = () -> {};
    private volatile long unsent;
    private volatile OutgoingBudget budget = new OutgoingBudget(0, 1);

    public List<String> texts() {
        return texts;
    }

    public Optional<CloseStatus> closedWith() {
        return Optional.ofNullable(closed);
    }

    public int probes() {
        return probes.get();
    }

    public void heardAt(Instant when) {
        lastHeard = when;
    }

    public void readingTime(Duration time) {
        readingTime = time;
    }

    public void sendingSince(Instant when) {
        sendingSince = when;
    }

    /** Has text left to be sent that counts for a budget until the channel is closed. */
    public void unsent(long characters, OutgoingBudget of) {
        unsent = characters;
        budget = of;
    }

    /** Does not read what is sent. */
    public void stopReading() {
        reading = false;
    }

    /** Reads what was sent. */
    public void readAgain() {
        reading = true;
        whenRead.run();
    }

    @Override
    public void send(String text) {
        texts.add(text);
    }

    @Override
    public void probe() {
        probes.incrementAndGet();
    }

    @Override
    public Instant lastHeard() {
        return lastHeard;
    }

    @Override
    public Duration readingTime() {
        return readingTime;
    }

    @Override
    public Instant sendingSince() {
        return sendingSince;
    }

    @Override
    public void whenSent(Runnable sent) {
        if (reading) {
            sent.run();
        } else {
            whenRead = sent;
        }
    }

    @Override
    public long unsent() {
        return unsent;
    }

    @Override
    public void close(CloseStatus status) {
        closed = status;
        budget.remove(unsent);
    }

    @Override
    public void close(int code, String reason) {
        throw new AssertionError("a session closes for one of the server's own reasons, not " + code + " " + reason);
    }

    @Override
    public String remoteAddress() {
        return "192.0.2.1";
    }
}
