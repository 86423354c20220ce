package org.wsnotify.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.wsnotify.channel.IncomingText.TooLargeException;

class IncomingTextTest {

    private final IncomingText incoming = new IncomingText(5);

    @Test
    void messageInOnePartIsComplete() throws TooLargeException {
        assertThat(incoming.add("12345", true)).contains("12345");
    }

    @Test
    void messageOfManyPartsIsCompleteWithItsLastPart() throws TooLargeException {
        assertThat(incoming.add("12", false)).isEmpty();
        assertThat(incoming.add("", false)).isEmpty();
        assertThat(incoming.add("34", true)).contains("1234");
        assertThat(incoming.add("next", true)).contains("next");
    }

    @Test
    void tooLargeMessageIsRefusedOnceAndTheRestIgnored() throws TooLargeException {
        assertThat(incoming.add("12", false)).isEmpty();
        assertThatExceptionOfType(TooLargeException.class).isThrownBy(() -> incoming.add("3456", false));
        assertThat(incoming.add("7", false)).isEmpty();
        assertThat(incoming.add("8", true)).isEmpty();
    }
}
