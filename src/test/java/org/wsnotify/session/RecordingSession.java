package org.wsnotify.session;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A session that keeps what was sent to it. */
public final class RecordingSession implements ClientSession {

    private final List<Envelope> sent = new CopyOnWriteArrayList<>();
    private volatile Instant lastHeard = Instant.EPOCH;
    private volatile Instant sendingSince;
    private volatile CloseReason closed;
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
    public void close(CloseReason reason) {
        closed = reason;
    }

    @Override
    public String remoteAddress() {
        return "192.0.2.1";
    }
}
