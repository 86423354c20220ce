package org.wsnotify.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The classes here have the names and members of those of Open Liberty. */
class LibertySendsTest {

    private final List<String> events = new ArrayList<>();
    private boolean roomAtClient = true;
    private boolean broken;
    private Callback waiting;

    /** What the engine gives to a channel. */
    public interface Callback {
        void complete(Object connection, Channel channel);

        void error(Object connection, Channel channel, IOException why);
    }

    /** The channel, as the engine sees it. */
    public interface Channel {
        Object write(long bytes, Callback callback, boolean forceQueue, int timeout);

        long write(long bytes, int timeout) throws IOException;
    }

    /** A channel that can be replaced. */
    private final class NioTCPWriteRequestContextImpl implements Channel {

        @Override
        public Object write(long bytes, Callback callback, boolean forceQueue, int timeout) {
            if (broken) {
                callback.error("connection", this, new IOException("Broken pipe"));
                return null;
            }
            waiting = callback;
            events.add(forceQueue ? "queued" : roomAtClient ? "written" : "waits");
            return !forceQueue && roomAtClient ? "connection" : null;
        }

        @Override
        public long write(long bytes, int timeout) throws IOException {
            if (!roomAtClient) {
                throw new IOException("blocked");
            }
            events.add("blocking");
            return bytes;
        }
    }

    /** One with TLS, for example. */
    private final class OtherChannel implements Channel {

        @Override
        public Object write(long bytes, Callback callback, boolean forceQueue, int timeout) {
            events.add("other " + forceQueue);
            return null;
        }

        @Override
        public long write(long bytes, int timeout) {
            return bytes;
        }
    }

    private static class BaseWriter {
        Channel tcpWriteContext;
    }

    private static final class Writer extends BaseWriter {}

    /** For other threads than the one that writes. */
    private final Callback callback = new Callback() {
        @Override
        public void complete(Object connection, Channel channel) {
            events.add("completed later");
        }

        @Override
        public void error(Object connection, Channel channel, IOException why) {
            events.add("failed later: " + why.getMessage());
        }
    };

    /** What is between a session and its channel. */
    public final class Link {
        private final Writer linkWrite = new Writer();

        Link(Channel channel) {
            linkWrite.tcpWriteContext = channel;
        }

        public void processWrite(Channel channel) {
            events.add("completed");
        }

        public void processWriteError(Channel channel, IOException why) {
            events.add("failed: " + why.getMessage());
        }

        Object send() {
            return linkWrite.tcpWriteContext.write(-1, callback, true, 0);
        }

        long sendBlocking() throws IOException {
            return linkWrite.tcpWriteContext.write(7, 0);
        }
    }

    private record Implementation(Link connLink) {}

    /** A session of the container. */
    public record Session(Object implementation) {
        public Object getSessionImpl() {
            return implementation;
        }
    }

    private Link opened(Channel channel) {
        Link link = new Link(channel);
        LibertySends.writeAtOnce(new Session(new Implementation(link)));
        return link;
    }

    @Test
    void frameThatTheClientHasRoomForIsWrittenAndCompletedWithinTheSend() {
        Link link = opened(new NioTCPWriteRequestContextImpl());

        link.send();

        assertThat(events).containsExactly("written", "completed");
    }

    @Test
    void frameThatTheClientHasNoRoomForIsCompletedByTheChannelLater() {
        Link link = opened(new NioTCPWriteRequestContextImpl());
        roomAtClient = false;

        link.send();
        waiting.complete("connection", null);
        link.send();
        waiting.error("connection", null, new IOException("Connection reset"));

        assertThat(events).containsExactly("waits", "completed later", "waits", "failed later: Connection reset");
    }

    /** The engine's callback would wait for itself if the send comes out of another completion. */
    @Test
    void writeThatFailsAtOnceIsReportedToTheLinkAndNotThroughTheCallback() {
        Link link = opened(new NioTCPWriteRequestContextImpl());
        broken = true;

        link.send();

        assertThat(events).containsExactly("failed: Broken pipe");
    }

    @Test
    void blockingWriteIsPassedOnAndSoIsItsFailure() throws Exception {
        Link link = opened(new NioTCPWriteRequestContextImpl());

        assertThat(link.sendBlocking()).isEqualTo(7);
        assertThat(events).containsExactly("blocking");

        roomAtClient = false;
        assertThatThrownBy(link::sendBlocking).isInstanceOf(IOException.class).hasMessage("blocked");
    }

    @Test
    void otherChannelsAndEnginesStayAsTheyAre() {
        opened(new OtherChannel()).send();
        LibertySends.writeAtOnce("not a session");
        LibertySends.writeAtOnce(new Session("not an implementation"));

        assertThat(events).containsExactly("other true");
    }
}
