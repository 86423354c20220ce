package org.wsnotify.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.wsnotify.notification.StoreUnavailableException;

/** When the file is written anew after something was erased. */
class CompactionTimesTest {

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
    void replacementThatFailedIsTriedAgain() {
        compaction.request();
        assertThatThrownBy(() -> compaction.unlessCopying(CompactionTimesTest::noFile, () -> {
                    throw new StoreUnavailableException("the disk is full");
                }))
                .isInstanceOf(StoreUnavailableException.class);

        compact();

        assertThat(replaced).isEqualTo(1);
    }

    private void compact() {
        compaction.unlessCopying(CompactionTimesTest::noFile, () -> replaced++);
    }

    private void pass(Duration time) {
        nanos += time.toNanos();
    }

    private static OpenedFile noFile() {
        throw new AssertionError("what was erased is overwritten however full the file is");
    }
}
