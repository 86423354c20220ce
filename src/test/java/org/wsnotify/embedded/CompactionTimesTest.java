package org.wsnotify.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.wsnotify.login.LoggedLines;
import org.wsnotify.notification.StoreUnavailableException;

/** When the file is written anew after something was erased. */
class CompactionTimesTest {

    private static final String NOTHING_ERASED = "what was erased is overwritten however full the file is";

    private long nanos;
    private int replaced;
    private final Compaction compaction = new Compaction(() -> nanos);

    @Test
    void erasuresOfAMinuteShareOneReplacement() {
        compaction.request();
        compact();
        assertThat(replaced).isEqualTo(1);

        compaction.request();
        compaction.request();
        pass(Duration.ofSeconds(59));
        compact();
        assertThat(replaced).isEqualTo(1);

        pass(Duration.ofSeconds(1));
        compact();
        assertThat(replaced).isEqualTo(2);
    }

    @Test
    void replacementThatFailedIsTriedAgainAfterTheSameTime() {
        compaction.request();
        try (LoggedLines log = new LoggedLines(Compaction.class)) {
            fail(new StoreUnavailableException("the disk is full"));
            pass(Duration.ofSeconds(59));
            compact();

            assertThat(replaced).isZero();
            assertThat(log.lines()).singleElement().asString().contains("the disk is full", "60 s");
        }

        pass(Duration.ofSeconds(1));
        compact();
        assertThat(replaced).isEqualTo(1);

        pass(Duration.ofMinutes(1));
        assertThatThrownBy(this::compact).hasMessage(NOTHING_ERASED);
    }

    @Test
    void replacementThatWasEndedEarlyIsOwedButNoFailure() {
        compaction.request();
        try (LoggedLines log = new LoggedLines(Compaction.class)) {
            compaction.unlessCopying(CompactionTimesTest::noFile, () -> {
                throw new CopyEndedException();
            });

            assertThat(log.lines()).isEmpty();
        }
        pass(Duration.ofMinutes(1));
        compact();
        assertThat(replaced).isEqualTo(1);
    }

    @Test
    void erasureIsOwedUntilAReplacementSucceeds() {
        compaction.request();
        for (Throwable failure : List.of(new StoreUnavailableException("the disk is full"), new OutOfMemoryError())) {
            fail(failure);
            pass(Duration.ofMinutes(1));
        }

        compact();

        assertThat(replaced).isEqualTo(1);
    }

    private void fail(Throwable failure) {
        assertThatThrownBy(() -> compaction.unlessCopying(CompactionTimesTest::noFile, () -> {
                    if (failure instanceof Error error) {
                        throw error;
                    }
                    throw (RuntimeException) failure;
                }))
                .isSameAs(failure);
    }

    private void compact() {
        compaction.unlessCopying(CompactionTimesTest::noFile, () -> replaced++);
    }

    private void pass(Duration time) {
        nanos += time.toNanos();
    }

    private static OpenedFile noFile() {
        throw new AssertionError(NOTHING_ERASED);
    }
}
