package org.wsnotify.session;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.wsnotify.channel.CloseReason;
import org.wsnotify.channel.OutgoingBudget;

/** A session that keeps what was sent to it. */
public final class RecordingSession implements ClientSession {

    private final List<Envelope> sent = new CopyOnWriteArrayList<>();
    private volatile Instant lastHeard = Instant.EPOCH;
    private volatile Instant sendingSince;
    private volatile CloseReason closed;
    private volatile boolean reading = true;
    private volatile Runnable whenRead = () -> {};
    private volatile long unsent;
    private volatile OutgoingBudget budget = new OutgoingBudget(0, 1);
    private final AtomicInteger probes = new AtomicInteger();

    public List<Envelope> sent() {
        return sent;
    }

    public <T extends Envelope> List<T> sent(Class<T> type) {
        return sent.stream().filter(type::isInstance).map(type::cast).toList();
    }

    public Optional<CloseReason> closedWith() {
        return Optional.ofNullable(closed);
    }

    public int probes() {
        return probes.get();
    }

    public RecordingSession heardAt(Instant when) {
        lastHeard = when;
        return this;
    }

    public RecordingSession sendingSince(Instant when) {
        sendingSince = when;
        return this;
    }

    /** Has text left to be sent that counts for a budget until the session is closed. */
    public RecordingSession unsent(long characters, OutgoingBudget of) {
        unsent = characters;
        budget = of;
        return this;
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
    public void send(Envelope envelope) {
        sent.add(envelope);
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
    public void close(CloseReason reason) {
        closed = reason;
        budget.remove(unsent);
    }

    @Override
    public String remoteAddress() {
        return "192.0.2.1";
    }
}
