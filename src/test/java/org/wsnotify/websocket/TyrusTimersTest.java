package org.wsnotify.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TyrusTimersTest {

    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor();

    /** Has the field that the base class of Tyrus's container has. */
    private static class Base {
        private final ScheduledExecutorService managedScheduledExecutorService;

        Base(ScheduledExecutorService executor) {
            this.managedScheduledExecutorService = executor;
        }
    }

    private static final class Container extends Base {
        Container(ScheduledExecutorService executor) {
            super(executor);
        }

        ScheduledExecutorService executor() {
            return super.managedScheduledExecutorService;
        }
    }

    @AfterEach
    void stop() {
        executor.shutdownNow();
    }

    @Test
    void timerThatIsDueAtOnceIsLeftOutAndOthersAreNot() throws Exception {
        Container container = new Container(executor);

        TyrusTimers.leaveOut(container);

        assertThat((Object) container.executor().schedule(() -> {}, 0, TimeUnit.MILLISECONDS))
                .isNull();
        assertThat(container
                        .executor()
                        .schedule(() -> "run", 1, TimeUnit.MILLISECONDS)
                        .get())
                .isEqualTo("run");
        assertThat(container.executor().submit(() -> "run").get()).isEqualTo("run");
    }

    @Test
    void containerWithoutTheExecutorStaysAsItIs() {
        TyrusTimers.leaveOut(new Container(null));
        TyrusTimers.leaveOut("not a container");
    }
}
