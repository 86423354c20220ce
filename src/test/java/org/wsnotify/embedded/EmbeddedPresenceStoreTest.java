package org.wsnotify.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.wsnotify.HandClock;
import org.wsnotify.presence.PresenceState;
import org.wsnotify.presence.PresenceStore;
import org.wsnotify.presence.PresenceStoreContract;

class EmbeddedPresenceStoreTest extends PresenceStoreContract {

    private final HandClock clock = new HandClock();

    @Override
    protected PresenceStore emptyStore() {
        return new EmbeddedPresenceStore(clock);
    }

    @Test
    void usersWhoseSessionBrokeStayForAMinute() {
        PresenceStore store = emptyStore();
        store.write(
                "a",
                Map.of(
                        "anna", new PresenceState.Broke(clock.instant()),
                        "ben", new PresenceState.Online(clock.instant())));
        clock.pass(Duration.ofSeconds(60));
        store.write("a", Map.of());
        assertThat(store.where(List.of("anna", "ben"))).containsOnlyKeys("anna", "ben");

        clock.pass(Duration.ofSeconds(1));
        store.write("a", Map.of());

        assertThat(store.where(List.of("anna", "ben"))).containsOnlyKeys("ben");
    }
}
