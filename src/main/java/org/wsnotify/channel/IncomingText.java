package org.wsnotify.channel;

import java.util.Optional;

/**
 * Joins the parts of a message, up to a size.
 *
 * <p>Containers limit messages in different ways. Open Liberty limits each frame but not the message, so that a client
 * could send an endless message in small frames. For one thread at a time.
 */
public final class IncomingText {

    /** A message is larger than allowed; the connection is to be closed. */
    public static final class TooLargeException extends Exception {
        private static final long serialVersionUID = 1L;

        TooLargeException(int most) {
            super("A message has at most " + most + " characters.");
        }
    }

    private final int most;
    private final StringBuilder parts = new StringBuilder();
    private boolean ended;

    /** @param most how many characters a message may have */
    public IncomingText(int most) {
        this.most = most;
    }

    /**
     * Adds a part.
     *
     * @return the message, if this was its last part; always empty after a message that was too large
     * @throws TooLargeException once, for the first message that is too large
     */
    public Optional<String> add(String part, boolean last) throws TooLargeException {
        if (ended) {
            return Optional.empty();
        }
        if (parts.length() + part.length() > most) {
            ended = true;
            parts.setLength(0);
            parts.trimToSize();
            throw new TooLargeException(most);
        }
        if (last && parts.isEmpty()) {
            return Optional.of(part);
        }
        parts.append(part);
        if (!last) {
            return Optional.empty();
        }
        String whole = parts.toString();
        parts.setLength(0);
        parts.trimToSize();
        return Optional.of(whole);
    }
}
