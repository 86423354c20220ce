package org.wsnotify.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.wsnotify.Background;
import org.wsnotify.notification.Message;
import org.wsnotify.notification.Recipient;
import org.wsnotify.notification.StoreUnavailableException;

/** {@link PublicationQueue} with threads, a timer and a time that the test moves. */
@SuppressWarnings("FutureReturnValueIgnored") // many wait for nothing
class PublicationQueueTest {

    private final Queue<Runnable> threads = new ArrayDeque<>();
    private final Queue<Runnable> timer = new ArrayDeque<>();
    private final Queue<Runnable> elsewhere = new ArrayDeque<>();
    private final List<List<String>> groups = new ArrayList<>();
    private long nanoTime;
    private Runnable whilePublishing = () -> {};
    private Runnable whileRefusing = () -> {};
    private final List<Throwable> failures = new ArrayList<>();
    private boolean stopped;
    private final PublicationQueue queue = queue(1000, 100_000_000);

    private PublicationQueue queue(int most, long mostBytes) {
        return new PublicationQueue(
                this::publish,
                task -> {
                    if (stopped) {
                        whileRefusing.run();
                        throw new RejectedExecutionException();
                    }
                    threads.add(task);
                },
                (delay, task) -> timer.add(task),
                elsewhere::add,
                () -> nanoTime,
                new PublicationCapacity(most, mostBytes));
    }

    private void publish(List<PublishRequest> requests) {
        groups.add(requests.stream()
                .map(request -> request.publication().message().content())
                .toList());
        Runnable once = whilePublishing;
        whilePublishing = () -> {};
        try {
            once.run();
        } catch (AssertionError | NoSuchElementException e) {
            failures.add(e); // the queue takes it for the failure of a publication
            throw e;
        }
        for (PublishRequest request : requests) {
            if (request.publication().message().content().equals("fails")) {
                request.failed(new IllegalArgumentException("no"));
            } else {
                request.deliver(new Delivery(request.publication(), "", false));
                request.delivered();
            }
        }
    }

    @AfterEach
    void nothingFailedWhilePublishing() {
        assertThat(failures).isEmpty();
    }

    @Test
    void publicationIsCarriedOutOnAnotherThreadAndAnswered() {
        CompletableFuture<String> answer = add(queue, "hello");
        assertThat(answer).isNotDone();

        runOne();

        assertThat(answer).isCompletedWithValue("answer to hello");
        assertThat(threads).isEmpty();
    }

    @Test
    void publicationsThatComeMeanwhileAreCarriedOutTogetherInTheirOrder() {
        add(queue, "first");
        whilePublishing = () -> {
            add(queue, "second");
            add(queue, "third");
        };

        runOne();

        assertThat(groups).containsExactly(List.of("first"), List.of("second", "third"));
        assertThat(threads).as("threads that were still needed").isEmpty();
        add(queue, "later");
        runOne();
        assertThat(groups).endsWith(List.of("later"));
    }

    @Test
    void failureIsThatOfItsPublicationOnly() {
        CompletableFuture<String> fails = add(queue, "fails");
        CompletableFuture<String> other = add(queue, "other");

        runOne();

        assertThat(thrownBy(fails)).isInstanceOf(IllegalArgumentException.class);
        assertThat(other).isCompletedWithValue("answer to other");
    }

    @Test
    void unexpectedExceptionIsToldToAllAndTheNextGroupIsCarriedOut() {
        IllegalStateException failure = new IllegalStateException("no");
        CompletableFuture<String> first = add(queue, "first");
        CompletableFuture<String> second = add(queue, "second");
        AtomicReference<CompletableFuture<String>> next = new AtomicReference<>();
        whilePublishing = () -> {
            next.set(add(queue, "next"));
            throw failure;
        };

        runOne();

        assertThat(thrownBy(first)).isSameAs(failure);
        assertThat(thrownBy(second)).isSameAs(failure);
        assertThat(next.get()).isCompletedWithValue("answer to next");
    }

    @Test
    void exceptionOfTheAnswerIsToldAndTheOthersAreAnswered() {
        IllegalStateException failure = new IllegalStateException("no");
        CompletableFuture<String> bad = queue.<String>add(publication("bad", 1), Optional.empty(), receipt -> {
                    throw failure;
                })
                .toCompletableFuture();
        CompletableFuture<String> other = add(queue, "other");

        runOne();

        assertThat(thrownBy(bad)).isSameAs(failure);
        assertThat(other).isCompletedWithValue("answer to other");
    }

    @Test
    void slowGroupDoesNotHoldUpTheNextForLong() {
        add(queue, "slow");
        whilePublishing = () -> {
            CompletableFuture<String> next = add(queue, "next");
            timer.remove().run();
            assertThat(threads).as("threads while the group is in time").isEmpty();

            nanoTime += PublicationQueue.PATIENCE.plusNanos(1).toNanos();
            timer.remove().run();
            runOne();

            assertThat(next).isCompletedWithValue("answer to next");
        };

        runOne();

        assertThat(groups).containsExactly(List.of("slow"), List.of("next"));
        timer.remove().run();
        assertThat(timer).as("what is left to be watched").isEmpty();
    }

    @Test
    void thirdThatWaitsBeginsASecondGroupBesideTheFirst() {
        add(queue, "first");
        whilePublishing = () -> {
            add(queue, "second");
            add(queue, "third");
            assertThat(threads).as("threads while two wait").isEmpty();
            CompletableFuture<String> answer = add(queue, "fourth");
            whilePublishing = () -> {
                IntStream.range(0, 9).forEach(i -> add(queue, "next"));
                assertThat(threads).as("threads while two groups are under way").isEmpty();
            };
            runOne();
            assertThat(answer).isCompletedWithValue("answer to fourth");
            assertThat(groups).as("groups beside the first").hasSize(3);
        };

        runOne();

        assertThat(groups).extracting(List::size).containsExactly(1, 3, 9);
    }

    @Test
    void publicationsThatFindNothingUnderWayWaitForOneThread() {
        IntStream.range(0, 9).forEach(i -> add(queue, "quick"));

        assertThat(threads).hasSize(1);
    }

    @Test
    void threadsThatStartLateDoNotLeaveTheWorkToEachOther() {
        add(queue, "slow");
        whilePublishing = () -> {
            CompletableFuture<String> next = add(queue, "next");
            for (int i = 0; i < 3; i++) {
                nanoTime += PublicationQueue.PATIENCE.plusNanos(1).toNanos();
                timer.remove().run();
            }
            assertThat(threads).hasSize(3);
            runOne();
            assertThat(next).isCompletedWithValue("answer to next");
        };

        runOne();

        threads.forEach(Runnable::run);
        assertThat(groups).containsExactly(List.of("slow"), List.of("next"));
    }

    @Test
    void publicationThatFindsASlowGroupIsCarriedOutAtOnce() {
        add(queue, "slow");
        whilePublishing = () -> {
            nanoTime += PublicationQueue.PATIENCE.plusNanos(1).toNanos();
            CompletableFuture<String> next = add(queue, "next");
            runOne();
            assertThat(next).isDone();
        };

        runOne();
    }

    @Test
    void groupsThatAreInTimeGoOnBesideOneThatHangs() {
        add(queue, "hangs");
        whilePublishing = () -> {
            nanoTime += PublicationQueue.PATIENCE.plusNanos(1).toNanos();
            add(queue, "beside");
            whilePublishing = () -> add(queue, "next");
            runOne();
            assertThat(groups).containsExactly(List.of("hangs"), List.of("beside"), List.of("next"));
        };

        runOne();

        assertThat(threads).isEmpty();
    }

    @Test
    void groupThatWasSlowLeavesTheRestToAnotherThatIsInTime() {
        add(queue, "slow");
        whilePublishing = () -> {
            nanoTime += PublicationQueue.PATIENCE.plusNanos(1).toNanos();
            add(queue, "beside");
        };
        runOne();
        assertThat(groups).as("carried out by the slow thread").containsExactly(List.of("slow"));
        whilePublishing = () -> add(queue, "next");

        runOne();

        assertThat(groups).containsExactly(List.of("slow"), List.of("beside"), List.of("next"));
    }

    @Test
    void whatDidNotFitIntoAGroupDoesNotWaitForOneThatHangs() {
        add(queue, "hangs");
        whilePublishing = () -> {
            int recipients = PublicationQueue.FEW_RECIPIENTS;
            int most = PublicationQueue.MOST_RECIPIENTS / recipients;
            IntStream.rangeClosed(0, most)
                    .forEach(i -> queue.add(publication("" + i, recipients), Optional.empty(), receipt -> ""));
            for (int turn = 0; turn < 3; turn++) {
                nanoTime += PublicationQueue.PATIENCE.plusNanos(1).toNanos();
                Optional.ofNullable(timer.poll()).ifPresent(Runnable::run);
                Optional.ofNullable(threads.poll()).ifPresent(Runnable::run);
            }
            assertThat(groups).extracting(List::size).containsExactly(1, most, 1);
        };

        runOne();

        assertThat(timer).as("what is left to be watched").isEmpty();
    }

    @Test
    void publicationIsCarriedOutByTheSlowGroupIfNoOtherThreadCanBeStarted() {
        add(queue, "slow");
        AtomicReference<CompletableFuture<String>> next = new AtomicReference<>();
        whilePublishing = () -> {
            nanoTime += PublicationQueue.PATIENCE.plusNanos(1).toNanos();
            stopped = true;
            next.set(add(queue, "next"));
            assertThat(next.get()).isNotDone();
        };

        runOne();

        assertThat(next.get()).isCompletedWithValue("answer to next");
    }

    @Test
    void publicationDoesNotWaitForAGroupThatHangsOnceThreadsCanBeStartedAgain() {
        add(queue, "hangs");
        whilePublishing = () -> {
            nanoTime += PublicationQueue.PATIENCE.plusNanos(1).toNanos();
            stopped = true;
            CompletableFuture<String> next = add(queue, "next");
            stopped = false;

            timer.remove().run();
            runOne();

            assertThat(next).isCompletedWithValue("answer to next");
        };

        runOne();
    }

    @Test
    void publicationsAreCarriedOutAgainAfterThreadsCouldNotBeStarted() {
        stopped = true;
        IntStream.range(0, 100).forEach(i -> add(queue, "no thread"));
        stopped = false;

        CompletableFuture<String> next = add(queue, "next");
        runOne();

        assertThat(next).isCompletedWithValue("answer to next");
    }

    @Test
    void publicationToManyIsCarriedOutByItself() {
        add(queue, "small");
        queue.add(publication("large", PublicationQueue.FEW_RECIPIENTS + 1), Optional.empty(), receipt -> "");
        add(queue, "small, too");

        threads.forEach(Runnable::run);

        assertThat(groups).containsExactly(List.of("small", "small, too"), List.of("large"));
    }

    @Test
    void groupIsNotLargerThanARoundTrip() {
        int recipients = PublicationQueue.FEW_RECIPIENTS;
        int most = PublicationQueue.MOST_RECIPIENTS / recipients;
        IntStream.rangeClosed(0, most)
                .forEach(i -> queue.add(publication("" + i, recipients), Optional.empty(), receipt -> ""));

        runOne();

        assertThat(groups).extracting(List::size).containsExactly(most, 1);
    }

    @Test
    void longTextsAreNotJoinedWithoutEnd() {
        IntStream.range(0, 30)
                .forEach(i -> queue.add(publication("x".repeat(20_000), 1), Optional.empty(), receipt -> ""));

        runOne();

        assertThat(groups).extracting(List::size).containsExactly(12, 12, 6);
    }

    @Test
    void fullQueueRefusesUntilThePublicationsAreDone() {
        PublicationQueue small = queue(3, 20_000);
        for (int i = 0; i < 3; i++) {
            add(small, "" + i);
        }
        assertRefused(small, publication("one too many", 1));

        runOne();

        add(small, "again");
    }

    @Test
    void failedPublicationLeavesTheQueue() {
        PublicationQueue small = queue(1, 20_000);
        add(small, "fails");
        runOne();

        add(small, "next");
        runOne();

        assertThat(groups).containsExactly(List.of("fails"), List.of("next"));
    }

    @Test
    void hugePublicationWaitsAlone() {
        PublicationQueue small = queue(3, 20_000);
        Publication large = publication("", 50);
        small.add(large, Optional.empty(), receipt -> "");
        assertRefused(small, large);
        runOne();

        small.add(publication("", 5_000), Optional.empty(), receipt -> "");
        assertRefused(small, publication("", 1));
    }

    @Test
    void stoppingServerRefusesPublications() {
        stopped = true;
        CompletableFuture<String> late = add(queue, "late");
        runElsewhere();

        assertThat(thrownBy(late)).isInstanceOf(StoreUnavailableException.class).hasMessage("the server stops");
        assertThat(thrownBy(queue.add(publication("large", 500), Optional.empty(), receipt -> "")
                        .toCompletableFuture()))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessage("the server stops");
    }

    @Test
    void requestThatIsRefusedWhileTheServerStopsDoesNotAnswerAnother() {
        AtomicReference<CompletableFuture<String>> other = new AtomicReference<>();
        whileRefusing = () -> {
            whileRefusing = () -> {};
            other.set(add(queue, "other"));
        };
        stopped = true;

        CompletableFuture<String> refused = add(queue, "refused");
        assertThat(other.get()).as("answered in the request of the refused one").isNotDone();
        runElsewhere();

        assertThat(thrownBy(refused)).hasMessage("the server stops");
        assertThat(thrownBy(other.get())).hasMessage("the server stops");
    }

    @Test
    void queueIsIdleOnceAllIsAnswered() {
        AtomicReference<Boolean> idle = new AtomicReference<>();
        add(queue, "small").thenRun(() -> idle.set(isIdle(Duration.ZERO)));
        assertThat(isIdle(Duration.ZERO)).as("while it waits").isFalse();

        runOne();

        assertThat(idle.get()).as("while the answer is given").isFalse();
        assertThat(isIdle(Duration.ZERO)).isTrue();
    }

    @Test
    void queueIsNotIdleWhileALargePublicationIsUnderWay() {
        queue.add(publication("large", 500), Optional.empty(), receipt -> "");
        assertThat(isIdle(Duration.ZERO)).isFalse();

        runOne();

        assertThat(isIdle(Duration.ZERO)).isTrue();
    }

    @Test
    void waitForAnIdleQueueEndsWithTheLastAnswer() throws Exception {
        add(queue, "last");
        AtomicReference<Thread> waiting = new AtomicReference<>();
        CompletableFuture<Boolean> idle = Background.call(() -> {
            waiting.set(Thread.currentThread());
            return isIdle(Duration.ofDays(1));
        });
        Awaitility.await().until(() -> waiting.get() != null && waiting.get().getState() == Thread.State.TIMED_WAITING);

        runOne();

        assertThat(idle.get(1, TimeUnit.MINUTES)).isTrue();
    }

    @Test
    void publicationThatWaitsWhenTheServerStopsIsCarriedOut() {
        add(queue, "first");
        AtomicReference<CompletableFuture<String>> next = new AtomicReference<>();
        whilePublishing = () -> {
            stopped = true;
            next.set(add(queue, "next"));
        };

        runOne();

        assertThat(next.get()).isCompletedWithValue("answer to next");
    }

    private static CompletableFuture<String> add(PublicationQueue queue, String content) {
        return queue.add(publication(content, 1), Optional.empty(), receipt -> "answer to " + content)
                .toCompletableFuture();
    }

    private static Throwable thrownBy(CompletableFuture<?> future) {
        AtomicReference<Throwable> told = new AtomicReference<>();
        future.whenComplete((none, thrown) -> told.set(thrown));
        return told.get();
    }

    private static void assertRefused(PublicationQueue queue, Publication publication) {
        assertThatExceptionOfType(StoreUnavailableException.class)
                .isThrownBy(() -> queue.add(publication, Optional.empty(), receipt -> ""))
                .withMessage("too many publications wait for it");
    }

    private boolean isIdle(Duration patience) {
        try {
            return queue.awaitIdle(patience);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void runElsewhere() {
        while (!elsewhere.isEmpty()) {
            elsewhere.remove().run();
        }
    }

    private void runOne() {
        threads.remove().run();
    }

    private static Publication publication(String content, int users) {
        return new Publication(
                Message.of(content), Collections.nCopies(users, new Recipient("anna", "")), Optional.empty());
    }
}
