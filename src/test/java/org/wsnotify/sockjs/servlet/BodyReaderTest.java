package org.wsnotify.sockjs.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.junit.jupiter.api.Test;
import org.wsnotify.sockjs.Reply;

/** Bodies that come in pieces, from a container that calls back to each "no". */
class BodyReaderTest {

    private final List<String> bodies = new ArrayList<>();
    private final Input input = new Input();
    private boolean completed;
    private final BodyReader reader = new BodyReader(new Reply.Upload(10, this::answer), context(), input);

    private Reply.Whole answer(byte[] body) {
        bodies.add(body == null ? "too long" : new String(body, StandardCharsets.UTF_8));
        return new Reply.Whole(204, Map.of(), "");
    }

    @Test
    void aBodyThatIsHereIsAnsweredAndNothingIsAskedAnyMore() throws IOException {
        input.arrives("hello", true);
        reader.onDataAvailable();

        assertThat(bodies).containsExactly("hello");
        assertThat(completed).isTrue();
        assertThat(input.owedCalls).isZero();
    }

    @Test
    void aBodyInPiecesIsAnsweredOnce() throws IOException {
        input.arrives("he", false);
        reader.onDataAvailable();
        assertThat(bodies).isEmpty();
        assertThat(input.owedCalls).isEqualTo(1);

        input.arrives("llo", true);
        reader.onDataAvailable();
        reader.onAllDataRead();

        assertThat(bodies).containsExactly("hello");
        assertThat(input.owedCalls).isEqualTo(1);
    }

    @Test
    void theEndMayComeByItself() throws IOException {
        input.arrives("hello", false);
        reader.onDataAvailable();
        input.arrives("", true);
        reader.onAllDataRead();

        assertThat(bodies).containsExactly("hello");
    }

    @Test
    void oneThatIsTooLongIsAnsweredBeforeItsEnd() throws IOException {
        input.arrives("hello, hello", false);
        reader.onDataAvailable();

        assertThat(bodies).containsExactly("too long");
        assertThat(input.owedCalls).isZero();
    }

    @Test
    void oneThatBreaksIsNotAnswered() throws IOException {
        reader.onError(new IOException("connection reset"));
        reader.onAllDataRead();

        assertThat(bodies).isEmpty();
        assertThat(completed).isTrue();
    }

    private AsyncContext context() {
        HttpServletResponse response = proxy(HttpServletResponse.class, (proxy, called, arguments) -> null);
        return proxy(AsyncContext.class, (proxy, called, arguments) -> {
            completed |= called.getName().equals("complete");
            return called.getName().equals("getResponse") ? response : null;
        });
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private static final class Input extends ServletInputStream {

        private final Queue<Byte> here = new ArrayDeque<>();
        private boolean last;
        int owedCalls;

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
            throw new UnsupportedOperationException();
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
