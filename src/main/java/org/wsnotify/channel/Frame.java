package org.wsnotify.channel;

/** What a transport sends as one unit. Immutable. */
public sealed interface Frame {

    /** Returns how many characters it counts in the bounds of a queue. */
    int size();

    /** A text frame. */
    record Text(String text) implements Frame {
        @Override
        public int size() {
            return text.length();
        }
    }

    /** Asks the client for a sign of life. */
    record Ping() implements Frame {
        @Override
        public int size() {
            return 0;
        }
    }
}
