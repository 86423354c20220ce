package org.wsnotify.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;
import org.wsnotify.HandClock;
import org.wsnotify.channel.Channel;
import org.wsnotify.conversation.Conversation;
import org.wsnotify.login.LoggedLines;
import org.wsnotify.session.ConnectionQuota;
import org.wsnotify.session.SessionRegistry;

class ChannelSessionsTest {

    private final HandClock clock = new HandClock();
    private final SessionRegistry registry = new SessionRegistry();
    private final ChannelSessions sessions = new ChannelSessions(
            EnvelopeFormat.VALUE,
            new Conversation.Parts(registry, null, null, null, null, clock),
            new ChannelSessions.Limits(new ConnectionQuota(2, 1), 10),
            clock);

    @Test
    void aSessionThatComesAndGoesIsSeenByWhoeverLooksClosely() {
        try (LoggedLines close = new LoggedLines(ChannelSessions.class, Level.FINE)) {
            sessions.opened(new Silent()).closed();
            assertThat(close.lines())
                    .containsExactly("a session was opened, from 192.0.2.1", "a session was closed, from 192.0.2.1");
        }
        try (LoggedLines usual = new LoggedLines(ChannelSessions.class, Level.INFO)) {
            sessions.opened(new Silent()).closed();
            assertThat(usual.lines()).isEmpty();
        }
        assertThat(registry.size()).isZero();
    }

    private static final class Silent implements Channel {
        @Override
        public void send(String text) {}

        @Override
        public void probe() {}

        @Override
        public Instant lastHeard() {
            return Instant.EPOCH;
        }

        @Override
        public Instant sendingSince() {
            return null;
        }

        @Override
        public void whenSent(Runnable sent) {}

        @Override
        public long unsent() {
            return 0;
        }

        @Override
        public void close(int code, String reason) {}

        @Override
        public String remoteAddress() {
            return "192.0.2.1";
        }
    }
}
