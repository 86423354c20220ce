package org.wsnotify.sockjs.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.wsnotify.websocket.BrokenFrameException;

class SockJsFramingTest {

    private final SockJsFraming framing = new SockJsFraming();

    @Test
    void frameHasAnArrayOfMessagesOrOneMessageOrNone() throws BrokenFrameException {
        assertThat(framing.read("[\"a\",\"b\"]")).containsExactly("a", "b");
        assertThat(framing.read("\"a\"")).containsExactly("a");
        assertThat(framing.read("")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"[\"a", "a", "{}", "[1]"})
    void frameOfAnythingElseIsBroken(String frame) {
        assertThatExceptionOfType(BrokenFrameException.class)
                .isThrownBy(() -> framing.read(frame))
                .withMessage("Broken JSON encoding.");
    }

    @Test
    void lastFrameHasTheReason() {
        assertThat(framing.close(3000, "Go away!")).contains("c[3000,\"Go away!\"]");
    }

    @Test
    void brokenProtocolGetsNoLastFrame() {
        assertThat(framing.close(SockJsFraming.PROTOCOL_ERROR, "Broken JSON encoding."))
                .isEmpty();
    }
}
