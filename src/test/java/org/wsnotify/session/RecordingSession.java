package org.wsnotify.session;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.wsnotify.channel.CloseStatus;
import org.wsnotify.channel.OutgoingBudget;
import org.wsnotify.channel.RecordingChannel;

/** A session that records the envelopes sent to it. */
public final class RecordingSession extends ClientSession {

    private final RecordingChannel channel;
    private final List<Envelope> sent;

    public RecordingSession() {
        this(new RecordingChannel(), new CopyOnWriteArrayList<>());
    }

    private RecordingSession(RecordingChannel channel, List<Envelope> sent) {
        super(
                channel,
                envelope -> {
                    sent.add(envelope);
                    return envelope.name();
                },
                true,
                session -> {});
        this.channel = channel;
        this.sent = sent;
    }

    public List<Envelope> sent() {
        return sent;
    }

    public <T extends Envelope> List<T> sent(Class<T> type) {
        return sent.stream().filter(type::isInstance).map(type::cast).toList();
    }

    public Optional<CloseStatus> closedWith() {
        return channel.closedWith();
    }

    public int probes() {
        return channel.probes();
    }

    public RecordingSession heardAt(Instant when) {
        channel.heardAt(when);
        return this;
    }

    public RecordingSession readingTime(Duration time) {
        channel.readingTime(time);
        return this;
    }

    public RecordingSession sendingSince(Instant when) {
        channel.sendingSince(when);
        return this;
    }

    /** Has unsent text, which counts for a budget until the session is closed. */
    public RecordingSession unsent(long characters, OutgoingBudget budget) {
        channel.unsent(characters, budget);
        return this;
    }

    /** Stops reading. */
    public void stopReading() {
        channel.stopReading();
    }

    /** Reads everything that was sent. */
    public void readAgain() {
        channel.readAgain();
    }
}
