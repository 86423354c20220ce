package org.wsnotify.channel;

import java.util.Optional;

/**
 * Puts the parts of a message together, up to a size.
 *
 * <p>Containers bound what they put together themselves in different ways: Open Liberty each frame, and not the
 * message, which a client can make endless of small frames. For one thread at a time.
 */
public final class IncomingText {

    /** A message is larger than allowed: the connection is to be closed. */
    public static final class TooLargeException extends Exception {
        private static final long serialVersionUID = 1L;

        TooLargeException(int most) {
            super("A message has at most " + most + " characters.");
        }
    }

    private final int most;
    private final StringBuilder parts = new StringBuilder();
    private boolean ended;

    /** @param most characters of a message */
    public IncomingText(int most) {
        this.most = most;
    }

    /**
     * Adds a part.
     *
     * @return the message, when this was its last part; nothing ever again after a message that was too large
     * @throws TooLargeException once
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
