package org.wsnotify.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class OrderedCallsTest {

    private final OrderedCalls calls = new OrderedCalls();
    private final List<Integer> made = new ArrayList<>();

    @Test
    void callsRunInTheOrderOfAdding() {
        IntStream.range(0, 5).forEach(i -> calls.add(() -> made.add(i)));
        assertThat(made).isEmpty();

        calls.run();

        assertThat(made).containsExactly(0, 1, 2, 3, 4);
    }

    @Test
    void callAddedByACallRunsAfterIt() {
        calls.add(() -> {
            calls.add(() -> made.add(2));
            calls.run();
            made.add(1);
        });

        calls.run();

        assertThat(made).containsExactly(1, 2);
    }

    @Test
    void callThatThrowsDoesNotStopTheNext() {
        calls.add(() -> {
            throw new IllegalStateException("broken");
        });
        calls.add(() -> made.add(1));

        calls.run();
        calls.add(() -> made.add(2));
        calls.run();

        assertThat(made).containsExactly(1, 2);
    }

    /** The list is not thread-safe: if two calls ran at the same time, numbers would be lost. */
    @Test
    void manyThreadsRunOneCallAtATimeInOrder() throws InterruptedException {
        int each = 20_000;
        int[] next = {0};
        Object lock = new Object();
        List<Thread> threads = Stream.generate(() -> new Thread(() -> {
                    for (int i = 0; i < each; i++) {
                        synchronized (lock) {
                            int number = next[0]++;
                            calls.add(() -> made.add(number));
                        }
                        calls.run();
                    }
                }))
                .limit(4)
                .toList();
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(made).isEqualTo(IntStream.range(0, 4 * each).boxed().toList());
    }
}
