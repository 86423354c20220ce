package org.wsnotify.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.logging.Level;
import org.junit.jupiter.api.Test;
import org.wsnotify.HandClock;
import org.wsnotify.channel.RecordingChannel;
import org.wsnotify.conversation.Conversations;
import org.wsnotify.conversation.FairExecutor;
import org.wsnotify.conversation.InboxAnswers;
import org.wsnotify.conversation.RequestQueues;
import org.wsnotify.conversation.SessionUsers;
import org.wsnotify.login.LoggedLines;
import org.wsnotify.session.ConnectionQuota;
import org.wsnotify.session.SessionRegistry;

class SessionOpenerTest {

    private final HandClock clock = new HandClock();
    private final SessionRegistry registry = new SessionRegistry();
    private final FairExecutor fair = new FairExecutor(Runnable::run, 1, 1, 1);
    private final SessionOpener sessions = new SessionOpener(
            EnvelopeFormat.VALUE,
            registry,
            new ConnectionQuota(2, 1),
            new Conversations(
                    new SessionUsers(registry, null, 1, clock),
                    new InboxAnswers(null, null),
                    null,
                    new RequestQueues(fair, fair, 10),
                    clock),
            clock);

    @Test
    void openAndCloseAreLoggedAtDebugLevelOnly() {
        try (LoggedLines close = new LoggedLines(SessionOpener.class, Level.FINE)) {
            sessions.opened(new RecordingChannel()).closed();
            assertThat(close.lines())
                    .containsExactly("a session was opened, from 192.0.2.1", "a session was closed, from 192.0.2.1");
        }
        try (LoggedLines usual = new LoggedLines(SessionOpener.class, Level.INFO)) {
            sessions.opened(new RecordingChannel()).closed();
            assertThat(usual.lines()).isEmpty();
        }
        assertThat(registry.size()).isZero();
    }
}
