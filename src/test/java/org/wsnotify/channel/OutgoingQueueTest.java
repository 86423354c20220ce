package org.wsnotify.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.wsnotify.HandClock;

class OutgoingQueueTest {

    private static final int BUDGET = 1 << 20;

    private final OutgoingBudget budget = new OutgoingBudget(BUDGET, 1);

    private final HandClock clock = new HandClock();
    private final List<String> sent = Collections.synchronizedList(new ArrayList<>());
    private final ConcurrentLinkedQueue<Consumer<Throwable>> underWay = new ConcurrentLinkedQueue<>();
    private final AtomicInteger overflows = new AtomicInteger();
    private final List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());

    @Test
    void framesAreSentOneAtATimeAndInOrder() {
        OutgoingQueue queue = queue(this::sendLater, 10, 1000);
        queue.add(text("a"));
        queue.add(text("b"));
        assertThat(sent).containsExactly("a");
        assertThat(queue.sendingSince()).isEqualTo(clock.instant());

        underWay.remove().accept(null);
        assertThat(sent).containsExactly("a", "b");

        underWay.remove().accept(null);
        assertThat(queue.sendingSince()).isNull();
    }

    @Test
    void largeFrameMayTakeLongerThanASmallOne() {
        OutgoingQueue queue = queue(this::sendLater, 10, 1_000_000);
        queue.add(text("x".repeat(3 * OutgoingQueue.CHARACTERS_A_SECOND)));

        assertThat(queue.sendingSince()).isEqualTo(clock.instant().plusSeconds(3));
    }

    @Test
    void readingTimeHasABoundHoweverMuchAFastClientHasRead() {
        OutgoingQueue queue = queue(this::sendLater, 10, 1_000_000);
        for (int i = 0; i < 100; i++) {
            queue.add(text("x".repeat(10 * OutgoingQueue.CHARACTERS_A_SECOND)));
            underWay.remove().accept(null);
            queue.heard();
        }

        assertThat(queue.readingTime()).isEqualTo(ReadingTime.MOST);
    }

    @Test
    void readingTimeIsThatOfTheTextSinceTheLastSignOfLife() {
        OutgoingQueue queue = queue(this::sendLater, 10, 1_000_000);
        Runnable sendTenSeconds = () -> {
            queue.add(text("x".repeat(10 * OutgoingQueue.CHARACTERS_A_SECOND)));
            underWay.remove().accept(null);
        };
        assertThat(queue.readingTime()).isZero();

        sendTenSeconds.run();
        clock.pass(Duration.ofSeconds(4));
        sendTenSeconds.run();
        assertThat(queue.readingTime()).hasSeconds(20);

        clock.pass(Duration.ofSeconds(1));
        queue.heard();
        assertThat(queue.readingTime()).as("what cannot have been read yet").hasSeconds(15);

        clock.pass(Duration.ofSeconds(20));
        queue.heard();
        assertThat(queue.readingTime()).isZero();
    }

    @Test
    void completionWithinTheCallDoesNotOverflowTheStack() {
        int texts = 100_000;
        ConcurrentLinkedQueue<Consumer<Throwable>> first = new ConcurrentLinkedQueue<>();
        OutgoingQueue queue = queue(
                (frames, done) -> {
                    sent.add(((Frame.Text) frames.get(0)).text());
                    if (sent.size() == 1) {
                        first.add(done);
                    } else {
                        done.accept(null);
                    }
                },
                texts + 1,
                1_000_000);
        IntStream.range(0, texts).forEach(i -> queue.add(text("x")));

        first.remove().accept(null);

        assertThat(sent).hasSize(texts);
    }

    @Test
    void manyThreadsLoseNothingAndKeepTheirOrder() throws Exception {
        ExecutorService completions = Executors.newFixedThreadPool(2);
        AtomicInteger concurrent = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        OutgoingQueue queue = queue(
                (frames, done) -> {
                    most.accumulateAndGet(concurrent.incrementAndGet(), Math::max);
                    sent.add(((Frame.Text) frames.get(0)).text());
                    completions.execute(() -> {
                        concurrent.decrementAndGet();
                        done.accept(null);
                    });
                },
                100_000,
                10_000_000);
        CountDownLatch ready = new CountDownLatch(4);
        List<Thread> producers = IntStream.range(0, 4)
                .mapToObj(p -> new Thread(() -> {
                    ready.countDown();
                    IntStream.range(0, 2500).forEach(i -> queue.add(text(p + ":" + i)));
                }))
                .toList();
        producers.forEach(Thread::start);
        for (Thread producer : producers) {
            producer.join(TimeUnit.SECONDS.toMillis(20));
        }
        org.awaitility.Awaitility.await().untilAsserted(() -> assertThat(sent).hasSize(10_000));
        completions.shutdown();

        assertThat(most).hasValue(1);
        for (int p = 0; p < 4; p++) {
            String prefix = p + ":";
            assertThat(sent.stream().filter(s -> s.startsWith(prefix)).map(s -> Integer.valueOf(s.substring(2))))
                    .isSorted();
        }
        assertThat(overflows).hasValue(0);
    }

    @Test
    void endReportsWhenTheSendUnderWayIsOver() {
        for (Throwable failure : new Throwable[] {null, new IllegalStateException("broken")}) {
            sent.clear();
            OutgoingQueue queue = queue(this::sendLater, 10, 1000);
            queue.add(text("a"));
            queue.add(text("b"));

            queue.end(() -> sent.add("told"));
            assertThat(sent).containsExactly("a");

            underWay.remove().accept(failure);
            assertThat(sent).containsExactly("a", "told");
        }
    }

    @Test
    void endOfAnIdleQueueIsReportedAtOnce() {
        OutgoingQueue queue = queue(this::sendLater, 10, 1000);
        queue.end();

        queue.end(() -> sent.add("told"));

        assertThat(sent).containsExactly("told");
    }

    @Test
    void fullQueueEndsOnceAndTakesNothingMore() {
        OutgoingQueue queue = queue(this::sendLater, 3, 1000);
        for (int i = 0; i < 10; i++) {
            queue.add(text("" + i));
        }

        assertThat(overflows).hasValue(1);
        underWay.remove().accept(null);
        assertThat(sent).containsExactly("0");
    }

    @Test
    void longFrameIsTakenAndOthersWhileItIsSent() {
        OutgoingQueue queue = queue(this::sendLater, 10, 100);
        queue.add(text("short"));
        queue.add(text("x".repeat(5000)));
        underWay.remove().accept(null);
        queue.add(text("y"));
        underWay.remove().accept(null);
        underWay.remove().accept(null);

        assertThat(overflows).hasValue(0);
        assertThat(sent).hasSize(3);
    }

    @Test
    void frameIsRefusedWhenTooMuchTextWaits() {
        OutgoingQueue queue = queue(this::sendLater, 10, 100);
        queue.add(text("under way"));
        queue.add(text("x".repeat(101)));
        assertThat(overflows).hasValue(0);

        queue.add(text("y"));
        assertThat(overflows).hasValue(1);
    }

    @Test
    void failedSendEndsTheQueueAndIsReportedOnce() {
        OutgoingQueue queue = queue(this::sendLater, 10, 100);
        queue.add(text("a"));
        queue.add(text("b"));

        underWay.remove().accept(new IllegalStateException("gone"));
        queue.add(text("c"));

        assertThat(failures).hasSize(1);
        assertThat(sent).containsExactly("a");
    }

    @Test
    void exceptionOfTheContainerIsAFailedSend() {
        OutgoingQueue queue = queue(
                (frames, done) -> {
                    throw new IllegalStateException("closed");
                },
                10,
                100);
        queue.add(text("a"));

        assertThat(failures).hasSize(1);
    }

    @Test
    void errorOfTheContainerIsAFailedSend() {
        OutgoingQueue queue = queue(
                (frames, done) -> {
                    throw new AssertionError("cannot write this text");
                },
                10,
                100);
        queue.add(text("a"));

        assertThat(failures).hasSize(1);
    }

    @Test
    void idleIsReportedAtOnceAfterTheLastSendOrAtTheEnd() {
        List<String> idle = new ArrayList<>();
        OutgoingQueue queue = queue(this::sendLater, 10, 100);
        queue.whenIdle(() -> idle.add("at once"));
        queue.add(text("a"));
        queue.add(text("b"));
        queue.whenIdle(() -> idle.add("after both"));
        underWay.remove().accept(null);
        assertThat(idle).containsExactly("at once");

        underWay.remove().accept(null);
        assertThat(idle).containsExactly("at once", "after both");

        queue.add(text("never finished"));
        queue.whenIdle(() -> idle.add("at the end"));
        queue.end();
        assertThat(idle).containsExactly("at once", "after both", "at the end");
    }

    @Test
    void spentBudgetRefusesFramesOnlyToClientsThatAreBehind() {
        OutgoingQueue behind = queue(this::sendLater, 10, BUDGET);
        behind.add(text("x".repeat(BUDGET / 2)));
        behind.add(text("x".repeat(BUDGET)));
        OutgoingQueue other = queue(this::sendLater, 10, BUDGET);
        other.add(text("a"));
        assertThat(overflows).hasValue(0);
        assertThat(budget.isSpent()).isTrue();

        behind.add(text("b"));
        assertThat(overflows).hasValue(1);
        assertThat(budget.isSpent()).isFalse();
    }

    @Test
    void sentAndDroppedFramesLeaveTheBudget() {
        OutgoingQueue queue = queue(this::sendLater, 10, BUDGET);
        queue.add(text("x".repeat(BUDGET)));
        queue.add(text("x"));
        assertThat(budget.isSpent()).isTrue();

        underWay.remove().accept(null);
        assertThat(budget.isSpent()).isFalse();

        queue.add(text("x".repeat(BUDGET)));
        queue.end();
        assertThat(budget.isSpent()).isFalse();
        underWay.remove().accept(null); // comes late
        queue.add(text("x".repeat(2 * BUDGET)));
        assertThat(budget.isSpent()).isFalse();
    }

    @Test
    void framesWaitForCapacityAndThenGoTogether() {
        int[] capacity = {0};
        OutgoingQueue queue = queue(
                withCapacity(() -> capacity[0], (frames, done) -> {
                    sent.add(frames.toString());
                    done.accept(null);
                }),
                10,
                100);
        queue.add(text("a"));
        queue.add(text("b"));
        queue.add(text("c"));
        assertThat(sent).isEmpty();
        assertThat(queue.sendingSince()).isNull();

        capacity[0] = 2;
        queue.resume();

        assertThat(sent).containsExactly("[Text[text=a], Text[text=b]]", "[Text[text=c]]");
        assertThat(queue.size()).isZero();
    }

    @Test
    void capacityThatComesBackWhileTheQueueLooksIsUsed() {
        AtomicReference<OutgoingQueue> resumed = new AtomicReference<>();
        int[] capacity = {0};
        OutgoingQueue queue = queue(
                withCapacity(
                        () -> {
                            int before = capacity[0];
                            if (resumed.get() != null) {
                                capacity[0] = 1;
                                resumed.getAndSet(null).resume();
                            }
                            return before;
                        },
                        this::sendLater),
                10,
                100);
        resumed.set(queue);

        queue.add(text("a"));

        assertThat(sent).containsExactly("a");
    }

    @Test
    void callbackThatThrowsStopsNothing() {
        OutgoingQueue queue = queue(this::sendLater, 10, 100);
        queue.whenIdle(() -> {
            throw new IllegalStateException("of the callback");
        });

        queue.add(text("a"));
        assertThat(sent).containsExactly("a");

        underWay.remove().accept(null);
        queue.end(() -> sent.add("told"));
        assertThat(sent).containsExactly("a", "told");
    }

    @Test
    void endWithinASendIsToldAfterIt() {
        AtomicReference<OutgoingQueue> ending = new AtomicReference<>();
        OutgoingQueue queue = queue(
                (frames, done) -> {
                    sendLater(frames, done);
                    ending.get().end(() -> sent.add("told"));
                },
                10,
                BUDGET);
        ending.set(queue);

        queue.add(text("x".repeat(2 * BUDGET)));
        assertThat(sent).hasSize(1);
        assertThat(budget.isSpent()).isFalse();

        underWay.remove().accept(null);
        assertThat(sent).hasSize(2).last().isEqualTo("told");
        assertThat(budget.isSpent()).isFalse();
    }

    @Test
    void queueIsNotIdleWhileFramesWaitForCapacity() {
        int[] capacity = {0};
        List<String> idle = new ArrayList<>();
        OutgoingQueue queue = queue(withCapacity(() -> capacity[0], this::sendLater), 10, 100);
        queue.add(text("a"));
        queue.whenIdle(() -> idle.add("after a"));
        assertThat(idle).isEmpty();

        capacity[0] = 1;
        queue.resume();
        underWay.remove().accept(null);
        assertThat(idle).containsExactly("after a");

        capacity[0] = 0;
        queue.add(text("b"));
        queue.whenIdle(() -> idle.add("at the end"));
        assertThat(idle).hasSize(1);
        queue.end();
        assertThat(idle).containsExactly("after a", "at the end");
    }

    @Test
    void whatWasSentDoesNotCountAgainstTheBounds() {
        int[] capacity = {3};
        List<Integer> sizes = new ArrayList<>();
        OutgoingQueue queue = queue(
                withCapacity(() -> capacity[0], (frames, done) -> {
                    sizes.add(frames.size());
                    done.accept(null);
                }),
                3,
                100);
        for (int i = 0; i < 1000; i++) {
            capacity[0] = 0;
            queue.add(text("x".repeat(50)));
            queue.add(text("x".repeat(50)));
            capacity[0] = 3;
            queue.resume();
        }

        assertThat(overflows).hasValue(0);
        assertThat(sizes).hasSize(1000).containsOnly(2);
        assertThat(queue.size()).isZero();
    }

    private static FrameSink withCapacity(IntSupplier capacity, FrameSink sends) {
        return new FrameSink() {
            @Override
            public void transmit(List<Frame> frames, Consumer<Throwable> done) {
                sends.transmit(frames, done);
            }

            @Override
            public int capacity() {
                return capacity.getAsInt();
            }
        };
    }

    private void sendLater(List<Frame> frames, Consumer<Throwable> done) {
        sent.add(((Frame.Text) frames.get(0)).text());
        underWay.add(done);
    }

    private OutgoingQueue queue(FrameSink sink, int frames, long characters) {
        return new OutgoingQueue(
                sink, new QueueLimits(frames, characters, budget), clock, overflows::incrementAndGet, failures::add);
    }

    private static Frame text(String text) {
        return new Frame.Text(text);
    }
}
