package org.wsnotify.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryRelayLogTest extends RelayLogContract {

    private static final String NODE = "0000000a";

    @Override
    protected RelayLog emptyLog() {
        return new MemoryRelayLog();
    }

    @Test
    void aBrokenStreamLosesWhatItHasNotDelivered() {
        MemoryRelayLog log = new MemoryRelayLog();
        RelayStream stream = log.follow(NODE);
        stream.next();
        log.append(List.of(document(1)));
        assertThat(stream.next()).isEqualTo(new RelayStream.Received(List.of(document(1)), false));
        log.append(List.of(document(2)));

        log.breakStreams(NODE);
        log.append(List.of(document(3)));

        assertThat(stream.next()).isEqualTo(new RelayStream.Received(List.of(), true));
        log.append(List.of(document(4)));
        assertThat(stream.next()).isEqualTo(new RelayStream.Received(List.of(document(4)), false));
    }

    private static RelayDocument document(long number) {
        return new RelayDocument(NODE, "0000000b", number, false, List.of());
    }
}
