package org.wsnotify.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.wsnotify.delivery.Publication;
import org.wsnotify.notification.Message;
import org.wsnotify.notification.Recipient;
import org.wsnotify.notification.StoreUnavailableException;

/** {@link PublicationQueue} with a thread that runs when it is told to. */
@SuppressWarnings("FutureReturnValueIgnored") // many wait for nothing
class PublicationQueueTest {

    private static final Publication SMALL = publication(1);

    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private final PublicationQueue queue = new PublicationQueue(waiting::add, 3, 20_000);

    @Test
    void workRunsLaterAndItsResultIsReturned() {
        CompletableFuture<String> answer = add(SMALL, "stored");
        assertThat(answer).isNotDone();

        runOne();

        assertThat(answer).isCompletedWithValue("stored");
    }

    @Test
    void exceptionOfTheWorkIsPassedOn() {
        IllegalStateException failure = new IllegalStateException("no");
        AtomicReference<Throwable> told = new AtomicReference<>();
        queue.add(SMALL, () -> {
                    throw failure;
                })
                .whenComplete((none, thrown) -> told.set(thrown));

        runOne();

        assertThat(told).hasValue(failure);
    }

    @Test
    void fullQueueRefusesUntilOnePublicationIsDone() {
        Collections.nCopies(3, SMALL).forEach(each -> add(each, ""));
        assertRefused(SMALL);

        runOne();

        add(SMALL, "");
        assertRefused(SMALL);
    }

    @Test
    void failedPublicationLeavesTheQueue() {
        add(SMALL, "");
        add(SMALL, "");
        queue.add(SMALL, () -> {
            throw new IllegalStateException();
        });

        waiting.forEach(Runnable::run);

        assertThat(add(SMALL, "")).isNotDone();
    }

    @Test
    void hugePublicationWaitsAlone() {
        Publication large = publication(50);
        add(large, "");
        assertRefused(large);
        add(SMALL, "");

        runOne();
        runOne();

        Publication huge = publication(5_000);
        add(huge, "");
        assertRefused(SMALL);
    }

    @Test
    void stoppingServerRefusesPublications() {
        PublicationQueue stopped = new PublicationQueue(
                task -> {
                    throw new RejectedExecutionException();
                },
                1,
                20_000);

        for (int i = 0; i < 2; i++) {
            assertThatExceptionOfType(StoreUnavailableException.class)
                    .isThrownBy(() -> stopped.add(SMALL, () -> ""))
                    .withMessage("the server stops");
        }
    }

    private CompletableFuture<String> add(Publication publication, String answer) {
        return queue.add(publication, () -> answer).toCompletableFuture();
    }

    private void assertRefused(Publication publication) {
        assertThatExceptionOfType(StoreUnavailableException.class)
                .isThrownBy(() -> add(publication, ""))
                .withMessage("too many publications wait for it");
    }

    private void runOne() {
        waiting.remove().run();
    }

    private static Publication publication(int users) {
        return new Publication(
                Message.of("content"), Collections.nCopies(users, new Recipient("anna", "")), Optional.empty());
    }
}
