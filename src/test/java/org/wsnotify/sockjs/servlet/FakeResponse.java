package org.wsnotify.sockjs.servlet;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The response of a container that insists on its contract: nothing is written that was not allowed by a question, no
 * question follows a "no" before the call that it is ready again, and nothing happens after the end or beside a write.
 * What the network takes is decided by the test.
 */
final class FakeResponse extends ServletOutputStream {

    /** The chunks that left. */
    final List<String> chunks = new ArrayList<>();

    /** After how many writes and flushes the answer is "no". */
    int room = Integer.MAX_VALUE;

    /** What others do while the container is in a question or a write. */
    Runnable duringQuestion = () -> {};

    Runnable duringWrite = () -> {};
    boolean ignoresFirstFlush;
    boolean breaks;
    boolean completed;

    private final ByteArrayOutputStream buffer = new ByteArrayOutputStream();
    private WriteListener listener;
    private boolean allowed;
    private boolean owesCall = true;
    private boolean writing;

    AsyncContext context() {
        return (AsyncContext) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {AsyncContext.class}, (proxy, called, arguments) -> {
                    if (called.getName().equals("complete")) {
                        complete();
                    }
                    return null;
                });
    }

    private void complete() {
        if (completed || writing) {
            throw new IllegalStateException(completed ? "completed twice" : "completed beside a write");
        }
        leave();
        completed = true;
    }

    @Override
    public void setWriteListener(WriteListener told) {
        listener = told;
    }

    /** The network takes so much more, and the listener is told so if it waits. */
    void takes(int writes) {
        room = writes;
        if (owesCall) {
            owesCall = false;
            call();
        }
    }

    private void call() {
        try {
            listener.onWritePossible();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    void fails() {
        listener.onError(new IOException("connection reset"));
    }

    @Override
    public boolean isReady() {
        if (owesCall || completed) {
            throw new IllegalStateException("asked again before the call, or after the end");
        }
        allowed = room > 0;
        owesCall = !allowed;
        duringQuestion.run();
        return allowed;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        use();
        buffer.write(bytes, offset, length);
    }

    @Override
    public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void flush() throws IOException {
        use();
        if (ignoresFirstFlush) {
            ignoresFirstFlush = false;
        } else {
            leave();
        }
    }

    private void use() throws IOException {
        if (!allowed || completed) {
            throw new IllegalStateException("not ready");
        }
        allowed = false;
        room--;
        writing = true;
        duringWrite.run();
        writing = false;
        if (breaks) {
            throw new IOException("broken pipe");
        }
    }

    private void leave() {
        if (buffer.size() > 0) {
            chunks.add(buffer.toString(StandardCharsets.UTF_8));
            buffer.reset();
        }
    }
}
