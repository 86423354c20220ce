package org.wsnotify.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.wsnotify.Background;

class StorePlacesTest {

    private final StorePlaces places = new StorePlaces();

    @Test
    void requestWaitsUntilAnotherOneLeaves() {
        fill();
        CompletableFuture<Boolean> waiting = Background.call(places::enter);

        places.leave();

        assertThat(waiting.join()).isTrue();
    }

    @Test
    void requestThatWaitsTooLongGetsNoPlace() {
        fill();

        assertThat(places.enter()).isFalse();

        places.leave();
        assertThat(places.enter()).as("nothing was lost").isTrue();
    }

    private void fill() {
        for (int i = 0; i < StorePlaces.PLACES; i++) {
            assertThat(places.enter()).isTrue();
        }
    }
}
