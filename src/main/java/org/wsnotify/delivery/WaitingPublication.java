package org.wsnotify.delivery;

import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.wsnotify.notification.Recipient;

/**
 * A request in the {@link PublicationQueue}, and whoever waits for its answer.
 *
 * @param memory about how many bytes it takes while it waits
 * @param written about how many bytes the store writes: it may write the text for each recipient
 * @param answer makes the answer from the receipt
 */
record WaitingPublication<T>(
        PublishRequest request, long memory, long written, Function<Receipt, T> answer, CompletableFuture<T> answered) {

    /** About what a recipient takes in memory besides its texts. */
    private static final int BYTES_OF_A_RECIPIENT = 256;

    private static final long BYTES_OF_A_CHARACTER = 2;

    static <T> WaitingPublication<T> of(PublishRequest request, Function<Receipt, T> answer) {
        Publication publication = request.publication();
        int recipients = publication.recipients().size();
        long text = publication.message().characters() * BYTES_OF_A_CHARACTER;
        long characters =
                publication.mail().map(mail -> mail.mail().content().length()).orElse(0);
        for (Recipient recipient : publication.recipients()) {
            characters += recipient.userId().length() + recipient.email().length();
        }
        long memory = text + characters * BYTES_OF_A_CHARACTER + (long) recipients * BYTES_OF_A_RECIPIENT;
        return new WaitingPublication<>(request, memory, memory + text * recipients, answer, new CompletableFuture<>());
    }

    int recipients() {
        return request.publication().recipients().size();
    }

    /** Gives the answer, or tells why there is none. */
    void tell() {
        T encoded;
        try {
            if (request.hasFailed()) {
                answered.completeExceptionally(request.failure());
                return;
            }
            encoded = answer.apply(request.receipt());
        } catch (RuntimeException | Error e) { // whoever waits for the answer must be told
            answered.completeExceptionally(e);
            return;
        }
        answered.complete(encoded);
    }
}
