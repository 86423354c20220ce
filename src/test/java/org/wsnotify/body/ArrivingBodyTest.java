package org.wsnotify.body;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;
import org.wsnotify.HandClock;

class ArrivingBodyTest {

    private final HandClock clock = new HandClock();
    private final BodyIntake intake =
            new BodyIntake(new BodyIntake.Limits(1, 1, 1000, Duration.ofSeconds(10), 1000), clock);
    private final List<String> ends = new ArrayList<>();
    private final Input input = new Input();

    private void read(int size) {
        ArrivingBody.read(intake.enter("a", size).orElseThrow(), input, new ArrivingBody.Receiver() {
            @Override
            public void arrived(byte[] body) {
                ends.add("arrived " + new String(body, StandardCharsets.UTF_8));
            }

            @Override
            public void tooLong() {
                ends.add("too long");
            }

            @Override
            public void late() {
                ends.add("late");
            }

            @Override
            public void broken() throws IOException {
                ends.add("broken");
                throw new IOException("the client has left");
            }
        });
    }

    private boolean isFree() {
        return intake.enter("b", 1).isPresent();
    }

    @Test
    void aBodyInPiecesArrivesWhole() throws IOException {
        read(6);
        input.arrives("abc", false);
        input.reader.onDataAvailable();
        assertThat(ends).isEmpty();
        assertThat(isFree()).isFalse();
        assertThat(input.owedCalls).isEqualTo(1);

        input.arrives("def", true);
        input.reader.onDataAvailable();
        input.reader.onAllDataRead();

        assertThat(ends).containsExactly("arrived abcdef");
        assertThat(input.owedCalls).isEqualTo(1);
        assertThat(isFree()).isTrue();
    }

    @Test
    void aBodyThatIsHereIsReadAndNothingIsAskedAnyMore() throws IOException {
        read(6);
        input.arrives("hello", true);
        input.reader.onDataAvailable();

        assertThat(ends).containsExactly("arrived hello");
        assertThat(input.owedCalls).isZero();
    }

    @Test
    void theEndMayComeByItself() throws IOException {
        read(6);
        input.arrives("hello", false);
        input.reader.onDataAvailable();
        input.arrives("", true);
        input.reader.onAllDataRead();

        assertThat(ends).containsExactly("arrived hello");
    }

    @Test
    void aLongerOneIsNotReadOn() throws IOException {
        read(4);
        input.arrives("abcde", false);
        input.reader.onDataAvailable();
        assertThat(input.owedCalls).isZero();
        input.arrives("fgh", true);
        input.reader.onDataAvailable();

        assertThat(ends).containsExactly("too long");
    }

    @Test
    void whatDoesNotComeInTimeIsLateAndWhatComesThenIsIgnored() throws IOException {
        read(4);
        input.arrives("ab", false);
        input.reader.onDataAvailable();
        clock.pass(Duration.ofSeconds(11));
        intake.sweep();
        input.arrives("cd", true);
        input.reader.onDataAvailable();
        input.reader.onAllDataRead();

        assertThat(ends).containsExactly("late");
        assertThat(isFree()).isTrue();
    }

    @Test
    void aBrokenBodyLeavesItsPlace() {
        read(4);
        input.reader.onError(new IOException("reset"));
        input.reader.onError(new IOException("again"));

        assertThat(ends).containsExactly("broken");
        assertThat(isFree()).isTrue();
    }

    /** A container that calls back to each "no". */
    private static final class Input extends ServletInputStream {

        private final Queue<Byte> here = new ArrayDeque<>();
        private boolean last;
        private int owedCalls;
        private ReadListener reader;

        void arrives(String piece, boolean isLast) {
            for (byte octet : piece.getBytes(StandardCharsets.UTF_8)) {
                here.add(octet);
            }
            last = isLast;
        }

        @Override
        public boolean isFinished() {
            return last; // on Payara also before it is read
        }

        @Override
        public int available() {
            return here.size();
        }

        @Override
        public boolean isReady() {
            owedCalls += here.isEmpty() ? 1 : 0;
            return !here.isEmpty();
        }

        @Override
        public void setReadListener(ReadListener listener) {
            reader = listener;
        }

        @Override
        public int read() {
            return here.isEmpty() ? -1 : here.remove();
        }

        @Override
        public int read(byte[] piece, int offset, int length) {
            int count = Math.min(length, here.size());
            for (int i = 0; i < count; i++) {
                piece[offset + i] = here.remove();
            }
            return count == 0 ? -1 : count;
        }
    }
}
