package org.wsnotify.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.SendHandler;
import jakarta.websocket.SendResult;
import jakarta.websocket.Session;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.wsnotify.HandClock;
import org.wsnotify.channel.Channel;
import org.wsnotify.channel.OutgoingBudget;
import org.wsnotify.channel.QueueLimits;
import org.wsnotify.meter.Meters;

class WebSocketChannelTest {

    private final HandClock clock = new HandClock();
    private final List<String> sent = new ArrayList<>();
    private final List<String> ended = new ArrayList<>();
    private final Queue<Runnable> pings = new ArrayDeque<>();
    private final Queue<Runnable> closes = new ConcurrentLinkedQueue<>();
    private final Queue<SendHandler> underWay = new ArrayDeque<>();
    private boolean broken;
    private boolean slow;

    private final WebSocketChannel channel = channel(Framing.RAW, opened -> {});

    private WebSocketChannel channel(Framing framing, Consumer<Channel> application) {
        WebSocketChannels channels = new WebSocketChannels(
                new QueueLimits(10, 1000, new OutgoingBudget(1 << 30, 10)),
                clock,
                pings::add,
                closes::add,
                Meters.NONE);
        return channels.open(session(), framing, opened -> {
            application.accept(opened);
            return new Told();
        });
    }

    @Test
    void pingIsSentInTurnAndNotOnTheCallersThread() {
        channel.probe();
        channel.send("behind it");

        assertThat(sent).isEmpty();
        assertThat(channel.sendingSince()).isEqualTo(clock.instant());

        pings.remove().run();
        assertThat(sent).containsExactly("ping", "behind it");
        assertThat(channel.sendingSince()).isNull();
    }

    @Test
    void failedPingClosesTheChannel() {
        broken = true;
        channel.probe();
        pings.remove().run();

        assertThat(ended).containsExactly("told");
        closes.remove().run();
        assertThat(ended).containsExactly("told", "closed");
    }

    @Test
    void closedChannelSendsNothingAndReportsOnce() {
        channel.close(1001, "going away");
        channel.close(1001, "going away");
        channel.send("late");

        closes.forEach(Runnable::run);
        assertThat(sent).isEmpty();
        assertThat(ended).containsExactly("told", "closed");
    }

    @Test
    void channelClosedAtOnceSendsFirstAndLastFrame() {
        slow = true;
        channel(new Framed(), opened -> opened.close(3000, "Go away!"));
        closes.forEach(Runnable::run);
        assertThat(sent).containsExactly("o");

        underWay.remove().onResult(new SendResult());
        closes.remove().run();
        assertThat(sent).containsExactly("o", "c3000");
        assertThat(ended).containsExactly("told");

        underWay.remove().onResult(new SendResult());
        assertThat(ended).containsExactly("told", "closed");
    }

    @Test
    void clientThatDoesNotReadGetsNoLastFrame() {
        slow = true;
        WebSocketChannel stuck = channel(new Framed(), opened -> {});
        stuck.close(1013, "cannot keep up");

        Awaitility.await("patience to end").until(() -> !closes.isEmpty());
        closes.remove().run();
        underWay.remove().onResult(new SendResult());
        closes.forEach(Runnable::run);

        assertThat(sent).containsExactly("o");
        assertThat(ended).containsExactly("told", "closed");
    }

    private Session session() {
        RemoteEndpoint.Async remote = proxy(RemoteEndpoint.Async.class, (proxy, method, arguments) -> {
            if (method.getName().equals("sendPing")) {
                if (broken) {
                    throw new IOException("broken");
                }
                sent.add("ping");
            } else if (method.getName().equals("sendText")) {
                sent.add((String) arguments[0]);
                underWay.add((SendHandler) arguments[1]);
                if (!slow) {
                    underWay.remove().onResult(new SendResult());
                }
            }
            return null;
        });
        return proxy(Session.class, (proxy, method, arguments) -> switch (method.getName()) {
            case "getAsyncRemote" -> remote;
            case "close" -> {
                ended.add("closed");
                yield null;
            }
            default -> null;
        });
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private static final class Framed implements Framing {
        @Override
        public String text(String text) {
            return text;
        }

        @Override
        public Optional<String> open() {
            return Optional.of("o");
        }

        @Override
        public Optional<String> close(int code, String reason) {
            return Optional.of("c" + code);
        }
    }

    private final class Told implements Channel.Listener {
        @Override
        public void text(String text) {}

        @Override
        public void notText() {}

        @Override
        public void closed() {
            ended.add("told");
        }
    }
}
