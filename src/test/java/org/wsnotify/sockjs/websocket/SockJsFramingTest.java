package org.wsnotify.sockjs.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SockJsFramingTest {

    private final SockJsFraming framing = new SockJsFraming();

    @Test
    void theLastFrameTellsWhy() {
        assertThat(framing.close(3000, "Go away!")).contains("c[3000,\"Go away!\"]");
    }

    @Test
    void whoBreaksTheProtocolIsToldNothing() {
        assertThat(framing.close(SockJsFraming.PROTOCOL_ERROR, "Broken JSON encoding."))
                .isEmpty();
    }
}
