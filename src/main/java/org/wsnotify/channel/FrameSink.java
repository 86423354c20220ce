package org.wsnotify.channel;

import java.util.List;
import java.util.function.Consumer;

/** Where an {@link OutgoingQueue} sends its frames: the network side of a transport. The queue calls it in turn. */
public interface FrameSink {

    /**
     * Sends frames without blocking.
     *
     * @param frames one or more, at most as many as {@link #capacity} returned
     * @param done called once, from any thread, with null or with what went wrong
     */
    void transmit(List<Frame> frames, Consumer<Throwable> done);

    /**
     * Returns how many frames can be sent together now; 0 if none can before {@link OutgoingQueue#resume}. Asked at any
     * time, also when nothing is to be sent. Must not block.
     */
    default int capacity() {
        return 1;
    }
}
