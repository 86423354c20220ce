package org.wsnotify.sockjs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.wsnotify.channel.Channel;
import org.wsnotify.channel.CloseStatus;
import org.wsnotify.sockjs.suite.Echo;

/** How long sessions live, whose they are, and what happens when a client does not behave. */
class PollingSessionTest {

    private static final String TOO_MANY = "c[1013,\"too many sessions, try again later\"]\n";

    private final List<Channel> channels = new ArrayList<>();
    private final List<Channel> closed = new ArrayList<>();
    private Runnable onOpened = () -> {};
    private final SockJsFixture service = new SockJsFixture(channel -> {
        channels.add(channel);
        onOpened.run();
        Channel.Listener echo = Echo.SOCKJS.opened(channel);
        return new Channel.Listener() {
            @Override
            public void text(String text) {
                echo.text(text);
            }

            @Override
            public void notText() {
                echo.notText();
            }

            @Override
            public void closed() {
                closed.add(channel);
            }
        };
    });

    @Test
    void sessionWithoutRequestsEndsAfterFiveSeconds() {
        service.poll("s");
        pass(Duration.ofMillis(4999));
        assertThat(closed).isEmpty();

        pass(Duration.ofMillis(1));

        assertThat(closed).hasSize(1);
        assertThat(service.service.size()).isZero();
        assertThat(service.poll("s").body()).isEqualTo("o\n");
    }

    @Test
    void requestAfterFiveSecondsOpensANewSession() {
        service.poll("s");
        service.clock.pass(Duration.ofSeconds(5));

        assertThat(service.send("s", "[\"a\"]").status()).isEqualTo(404);
        assertThat(service.poll("s").body()).isEqualTo("o\n");
        assertThat(closed).hasSize(1);
    }

    @Test
    void sessionWithAReceiverStaysOpen() {
        service.stream("s");
        pass(Duration.ofHours(1));

        assertThat(closed).isEmpty();
        assertThat(service.send("s", "[\"a\"]").status()).isEqualTo(204);
    }

    @Test
    void closedSessionIsForgotten() {
        service.poll("s");
        channels.get(0).close(3000, "over");
        assertThat(service.poll("s").body()).isEqualTo("c[3000,\"over\"]\n");

        pass(Duration.ofSeconds(5));

        assertThat(service.service.size()).isZero();
        assertThat(closed).hasSize(1);
    }

    @Test
    void sessionIsNotFoundFromAnotherAddress() {
        service.poll("s");
        service.send("s", "[\"secret\"]");

        service.address = "192.0.2.66";
        assertThat(service.send("s", "[\"a\"]").status()).isEqualTo(404);
        assertThat(service.poll("s").body()).isEqualTo("o\n");

        service.address = "192.0.2.1";
        assertThat(service.poll("s").body()).isEqualTo("a[\"secret\"]\n");
    }

    @Test
    void sessionsOfAnAddressAreLimited() {
        for (int i = 0; i < 3; i++) {
            assertThat(service.poll("s" + i).body()).isEqualTo("o\n");
        }
        assertThat(service.poll("s3").body()).isEqualTo(TOO_MANY);
        assertThat(service.service.size()).isEqualTo(3);

        service.address = "192.0.2.2";
        assertThat(service.poll("s3").body()).isEqualTo("o\n");

        service.address = "192.0.2.1";
        pass(Duration.ofSeconds(5));
        assertThat(service.poll("s3").body()).isEqualTo("o\n");
    }

    @Test
    void ipv6AddressesOfOneSubscriberCountAsOne() {
        for (int i = 0; i < 3; i++) {
            service.address = "2001:db8:0:100::" + i;
            assertThat(service.poll("s").body()).isEqualTo("o\n");
        }
        service.address = "2001:db8:0:1ff::1";
        assertThat(service.poll("s").body()).isEqualTo(TOO_MANY);

        service.address = "2001:db8:0:200::1";
        assertThat(service.poll("s").body()).isEqualTo("o\n");

        service.address = "2001:db8:0:1ff::1";
        pass(Duration.ofSeconds(5));
        assertThat(service.poll("s").body()).isEqualTo("o\n");
    }

    @Test
    void clientThatNeverReadsIsClosed() {
        service.poll("s");
        for (int i = 0; i < 200; i++) {
            channels.get(0).send("\"x\"");
        }

        assertThat(closed).hasSize(1);
        assertThat(service.poll("s").body()).isEqualTo("c[1013,\"cannot keep up, try again later\"]\n");
        assertThat(service.send("s", "[\"a\"]").status()).isEqualTo(204);
        assertThat(service.poll("s").body()).startsWith("c[1013,");
    }

    @Test
    void probeEndsTheResponse() {
        service.poll("s");
        RecordingResponse stream = service.stream("s");
        service.clock.pass(Duration.ofSeconds(20));
        channels.get(0).send("\"x\"");
        channels.get(0).probe();
        assertThat(stream.pieces).endsWith("a[\"x\"]\n", "h\n");
        assertThat(stream.ended).isTrue();

        service.clock.pass(Duration.ofSeconds(1));
        service.stream("s");

        assertThat(channels.get(0).lastHeard()).isEqualTo(service.clock.instant());
    }

    @Test
    void whatTheServerSendsIsNoSignOfLife() {
        service.poll("s");
        Instant connected = service.clock.instant();
        RecordingResponse poll = service.poll("s");
        service.clock.pass(Duration.ofSeconds(1));
        channels.get(0).send("\"pushed\"");
        assertThat(poll.ended).isTrue();
        assertThat(channels.get(0).lastHeard()).isEqualTo(connected);

        RecordingResponse stream = service.stream("s");
        Instant polled = service.clock.instant();
        service.clock.pass(Duration.ofSeconds(1));
        channels.get(0).probe();
        assertThat(stream.ended).isTrue();
        assertThat(channels.get(0).lastHeard()).isEqualTo(polled);
    }

    @Test
    void brokenConnectionIsNoSignOfLife() {
        service.poll("s");
        Instant connected = service.clock.instant();
        service.poll("s").broken = true;
        service.clock.pass(Duration.ofSeconds(1));

        channels.get(0).send("\"lost\"");
        service.delays.pass();

        assertThat(closed).hasSize(1);
        assertThat(channels.get(0).lastHeard()).isEqualTo(connected);
    }

    @Test
    void sessionIsForgottenFiveSecondsAfterItsLastResponse() {
        service.poll("s");
        service.poll("s");
        service.clock.pass(Duration.ofSeconds(20));
        channels.get(0).send("\"x\"");

        pass(Duration.ofMillis(4999));
        assertThat(closed).isEmpty();

        pass(Duration.ofMillis(1));
        assertThat(closed).hasSize(1);
    }

    @Test
    void messageRightAfterTheFirstFrameIsReceived() {
        RecordingResponse first = new RecordingResponse();
        first.onPiece = () -> assertThat(service.send("s", "[\"a\"]").status()).isEqualTo(204);

        service.receiveOn(first, "POST", "/000/s/xhr");

        assertThat(first.body()).isEqualTo("o\n");
        assertThat(service.poll("s").body()).isEqualTo("a[\"a\"]\n");
    }

    @Test
    void twoFirstRequestsAtOnceOpenOneSession() {
        List<RecordingResponse> between = new ArrayList<>();
        onOpened = () -> {
            onOpened = () -> {};
            between.add(service.poll("s"));
        };

        RecordingResponse late = service.poll("s");

        assertThat(between.get(0).body()).isEqualTo("o\n");
        assertThat(late.pieces).isEmpty();
        assertThat(service.service.size()).isEqualTo(1);
        assertThat(closed).containsExactly(channels.get(0));
        service.send("s", "[\"a\"]");
        assertThat(late.body()).isEqualTo("a[\"a\"]\n");
    }

    @Test
    void probeBetweenTwoPollsDoesNothing() {
        service.poll("s");
        channels.get(0).probe();

        assertThat(service.poll("s").pieces).isEmpty();
    }

    @Test
    void brokenResponseEndsTheSession() {
        service.poll("s");
        RecordingResponse poll = service.poll("s");
        poll.broken = true;
        channels.get(0).send("\"lost\"");
        service.delays.pass();

        assertThat(closed).hasSize(1);
        assertThat(service.poll("s").body()).isEqualTo("c[1002,\"Connection interrupted\"]\n");
    }

    @Test
    void nextResponseReportsThatTheOneBeforeBroke() {
        service.poll("s");
        RecordingResponse gone = stuckPoll();
        channels.get(0).send("\"lost\"");
        RecordingResponse next = service.poll("s");

        gone.breaks();
        service.delays.pass();

        assertThat(next.body()).isEqualTo("c[1002,\"Connection interrupted\"]\n");
        assertThat(next.aborted).isFalse();
        assertThat(gone.aborted).isTrue();
    }

    @Test
    void stuckResponsesAreAbortedAfterTheEnd() {
        RecordingResponse first = stuckPoll();
        RecordingResponse second = stuckPoll();
        channels.get(0).send("\"x\"");
        channels.get(0).close(CloseStatus.OVERLOADED.code(), CloseStatus.OVERLOADED.text());
        RecordingResponse third = stuckPoll();
        RecordingResponse reads = service.poll("s");

        service.delays.pass();

        assertThat(List.of(first, second, third)).allMatch(response -> response.aborted);
        assertThat(reads.aborted).isFalse();
    }

    private RecordingResponse stuckPoll() {
        RecordingResponse stuck = new RecordingResponse();
        stuck.stuck = true;
        return service.receiveOn(stuck, "POST", "/000/s/xhr");
    }

    @Test
    void clientThatStopsReadingIsNoticedAndAborted() {
        service.poll("s");
        RecordingResponse stuck = stuckPoll();
        channels.get(0).send("\"x\"");
        assertThat(channels.get(0).sendingSince()).isEqualTo(service.clock.instant());

        channels.get(0).close(CloseStatus.OVERLOADED.code(), CloseStatus.OVERLOADED.text());
        service.delays.pass();

        assertThat(stuck.aborted).isTrue();
    }

    @Test
    void waitingTextsGoWithTheNextStream() {
        RecordingResponse stream = service.stream("s");
        channels.get(0).send("\"" + "x".repeat(5000) + "\"");
        assertThat(stream.ended).isTrue();
        channels.get(0).send("\"1\"");
        channels.get(0).send("\"2\"");

        assertThat(service.stream("s").pieces).last().isEqualTo("a[\"1\",\"2\"]\n");
    }

    /** Time passes, and the sessions that nobody asked for end. */
    private void pass(Duration time) {
        service.clock.pass(time);
        service.service.sweep();
    }
}
