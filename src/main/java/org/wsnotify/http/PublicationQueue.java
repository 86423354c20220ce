package org.wsnotify.http;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.wsnotify.delivery.Publication;
import org.wsnotify.notification.Recipient;
import org.wsnotify.notification.StoreUnavailableException;

/**
 * Lets publications wait for the store without occupying threads of the application server, which answer health checks
 * and accept clients meanwhile. A short outage of the store only delays publications. A full queue refuses them.
 *
 * <p>Safe for use by many threads; never blocks its caller.
 */
public final class PublicationQueue {

    /** About what a recipient takes in memory besides its texts. */
    private static final int BYTES_OF_A_RECIPIENT = 256;

    private static final int BYTES_OF_A_CHARACTER = 2;

    private final Executor executor;
    private final int most;
    private final long mostBytes;
    private int count;
    private long bytes;

    /**
     * @param executor does the work, which may block on the store
     * @param most most publications that wait or are under way
     * @param mostBytes about how much memory they may take together; a single larger one is alone
     */
    public PublicationQueue(Executor executor, int most, long mostBytes) {
        this.executor = executor;
        this.most = most;
        this.mostBytes = mostBytes;
    }

    /**
     * Queues the work for a publication.
     *
     * @return what the work returned or threw
     * @throws StoreUnavailableException too many wait, or the server stops; nothing was done
     */
    <T> CompletionStage<T> add(Publication publication, Supplier<T> work) {
        long size = bytesOf(publication);
        if (!enters(size)) {
            throw new StoreUnavailableException("too many publications wait for it", null);
        }
        CompletableFuture<T> done = new CompletableFuture<>();
        try {
            executor.execute(() -> run(work, size, done));
        } catch (RejectedExecutionException e) {
            left(size);
            throw new StoreUnavailableException("the server stops", e);
        }
        return done;
    }

    private <T> void run(Supplier<T> work, long size, CompletableFuture<T> done) {
        T result;
        try {
            result = work.get();
        } catch (RuntimeException | Error e) { // whoever waits for the answer must be told
            left(size);
            done.completeExceptionally(e);
            return;
        }
        left(size);
        done.complete(result);
    }

    private synchronized boolean enters(long size) {
        if (count >= most || (count > 0 && bytes + size > mostBytes)) {
            return false;
        }
        count++;
        bytes += size;
        return true;
    }

    private synchronized void left(long size) {
        count--;
        bytes -= size;
    }

    private static long bytesOf(Publication publication) {
        long characters = publication.message().characters();
        for (Recipient recipient : publication.recipients()) {
            characters += recipient.userId().length() + recipient.email().length();
        }
        characters += publication
                .mail()
                .map(request -> request.mail().content().length())
                .orElse(0);
        return characters * BYTES_OF_A_CHARACTER
                + (long) publication.recipients().size() * BYTES_OF_A_RECIPIENT;
    }
}
