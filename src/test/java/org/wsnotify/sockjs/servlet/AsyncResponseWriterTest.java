package org.wsnotify.sockjs.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What the container, the writer and whoever gives up do at the same time, one step after another. */
class AsyncResponseWriterTest {

    private final FakeResponse response = new FakeResponse();
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final List<String> done = new ArrayList<>();
    private boolean stopped;
    private final AsyncResponseWriter writer = AsyncResponseWriter.over(response.context(), response, this::execute);

    private void execute(Runnable task) {
        if (stopped) {
            throw new RejectedExecutionException("stopped");
        }
        tasks.add(task);
    }

    @Test
    void eachPieceIsAChunkAndTheResponseEndsAfterTheLast() {
        response.takes(100);
        write("a");
        write("b");
        writer.end();
        run();

        assertThat(response.chunks).containsExactly("a", "b");
        assertThat(done).containsExactly("a left", "b left");
        assertThat(response.completed).isTrue();
    }

    @Test
    void nothingIsWrittenBeforeTheContainerIsReady() {
        write("a");
        run();
        assertThat(response.chunks).isEmpty();

        response.takes(100);
        run();
        assertThat(response.chunks).containsExactly("a");
    }

    @Test
    void readyCallDuringTheQuestionIsNotLost() {
        response.takes(0);
        response.duringQuestion = () -> {
            response.duringQuestion = () -> {};
            response.takes(100);
        };
        write("a");
        writer.end();
        run();

        assertThat(response.chunks).containsExactly("a");
        assertThat(response.completed).isTrue();
    }

    @Test
    void firstPieceIsAChunkEvenIfTheFirstFlushDoesNothing() {
        response.ignoresFirstFlush = true;
        response.takes(100);
        write("prelude");
        write("o");
        run();

        assertThat(response.chunks).containsExactly("prelude", "o");
    }

    @Test
    void pieceIsFlushedWhenTheContainerIsReadyAgain() {
        response.takes(100);
        write("a");
        run();
        response.room = 1;
        write("b");
        run();
        assertThat(response.chunks).containsExactly("a");
        assertThat(done).containsExactly("a left");

        response.takes(1);
        run();
        assertThat(response.chunks).containsExactly("a", "b");
        assertThat(done).containsExactly("a left");

        response.takes(1);
        run();
        assertThat(done).containsExactly("a left", "b left");
    }

    @Test
    void abortDuringAWriteEndsTheResponseAfterIt() {
        response.takes(100);
        response.duringWrite = writer::abort;
        write("a");
        write("b");
        run();

        assertThat(response.completed).isTrue();
        assertThat(done).containsExactly("a: given up", "b: given up");
    }

    @Test
    void errorDuringAWriteEndsTheResponseAfterIt() {
        response.takes(100);
        response.duringWrite = () -> {
            response.duringWrite = () -> {};
            response.fails();
        };
        write("a");
        run();

        assertThat(response.completed).isTrue();
        assertThat(done).containsExactly("a: connection reset");
    }

    @Test
    void abortEndsAResponseThatIsNeverReady() {
        response.takes(1);
        write("a");
        run();

        writer.abort();
        run();

        assertThat(response.completed).isTrue();
        assertThat(done).containsExactly("a: given up");
    }

    @Test
    void failedWriteEndsTheResponseAndFailsAllLaterPieces() {
        response.takes(100);
        response.breaks = true;
        write("a");
        write("b");
        run();
        write("c");
        writer.end();
        writer.abort();
        run();

        assertThat(response.completed).isTrue();
        assertThat(done).containsExactly("a: broken pipe", "b: broken pipe", "c: the response has ended");
    }

    @Test
    void responseEndsAtOnceIfTheExecutorHasStopped() {
        stopped = true;
        write("a");

        assertThat(response.completed).isTrue();
        assertThat(done).containsExactly("a: stopped");
    }

    private void write(String piece) {
        Consumer<Throwable> told =
                failure -> done.add(piece + (failure == null ? " left" : ": " + failure.getMessage()));
        writer.write(piece, told);
    }

    private void run() {
        while (!tasks.isEmpty()) {
            tasks.remove().run();
        }
    }
}
