package org.wsnotify.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.wsnotify.notification.StoreRefusedException;
import org.wsnotify.notification.StoreUnavailableException;

class JointStepTest {

    private final List<List<String>> tried = new ArrayList<>();
    private final List<String> failed = new ArrayList<>();

    @Test
    void itemsAreDoneTogether() {
        run("a", "b");

        assertThat(tried).containsExactly(List.of("a", "b"));
        assertThat(failed).isEmpty();
    }

    @Test
    void nothingIsDoneForNoItems() {
        run();

        assertThat(tried).isEmpty();
    }

    @Test
    void refusedItemIsFoundAndTheOthersAreDone() {
        run("a", "refused", "b");

        assertThat(tried).containsExactly(List.of("a", "refused", "b"), List.of("a"), List.of("refused"), List.of("b"));
        assertThat(failed).containsExactly("refused");
    }

    @Test
    void faultOfOneItemIsItsOwn() {
        run("a", "fault", "b");

        assertThat(failed).containsExactly("fault");
    }

    @Test
    void storeThatIsDownIsNotAskedForEachItem() {
        run("down", "b");

        assertThat(tried).hasSize(1);
        assertThat(failed).containsExactly("down", "b");
    }

    @Test
    void storeThatFailsMeanwhileIsNotAskedForTheRest() {
        run("refused", "a", "down when alone", "b", "c");

        assertThat(tried).endsWith(List.of("down when alone"));
        assertThat(failed).containsExactly("refused", "down when alone", "b", "c");
    }

    private void run(String... items) {
        JointStep.run(List.of(items), this::step, (item, why) -> failed.add(item));
    }

    private void step(List<String> items) {
        tried.add(items);
        if (items.contains("refused")) {
            throw new StoreRefusedException("not valid", null);
        }
        if (items.contains("fault")) {
            throw new IllegalStateException("a fault");
        }
        if (items.contains("down") || items.equals(List.of("down when alone"))) {
            throw new StoreUnavailableException("down");
        }
    }
}
