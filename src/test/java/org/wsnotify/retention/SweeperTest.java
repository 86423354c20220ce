package org.wsnotify.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.wsnotify.delivery.DeliveryFixture.counts;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wsnotify.Race;
import org.wsnotify.delivery.DeliveryFixture;
import org.wsnotify.inbox.TextBudget;
import org.wsnotify.notification.Message;
import org.wsnotify.notification.Notification;
import org.wsnotify.notification.NotificationIds;
import org.wsnotify.notification.StoreUnavailableException;
import org.wsnotify.session.Envelope;
import org.wsnotify.session.RecordingSession;

class SweeperTest {

    @TempDir
    Path directory;

    private final List<Long> pauses = new ArrayList<>();
    private int asked;
    private DeliveryFixture fixture;
    private boolean responsible = true;

    @BeforeEach
    void open() {
        fixture = new DeliveryFixture(directory);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void devicesAreToldWhatHasExpired() {
        RecordingSession anna = fixture.online("anna");
        Notification ended = stored("anna", Message.of("c").expiringAt(now()), now().minusSeconds(9));
        stored("anna", Message.of("c"), now().minusSeconds(9));

        sweeper(rules("", "", "")).expire();

        assertThat(anna.sent(Envelope.Deleted.class))
                .extracting(Envelope.Deleted::ids)
                .containsExactly(List.of(ended.id()));
        Awaitility.await()
                .untilAsserted(() -> assertThat(anna.sent(Envelope.Counts.class))
                        .extracting(told -> Optional.of(told.unseen()))
                        .endsWith(counts(1)));
    }

    @Test
    void rulesRemoveWhatIsOlderAndPauseBetweenTheSteps() {
        RecordingSession anna = fixture.online("anna");
        for (int i = 0; i < 24; i++) {
            stored("anna", Message.of("c"), now().minus(Duration.ofDays(91)).plusSeconds(i));
        }
        Notification young = stored("anna", Message.of("c"), now().minus(Duration.ofDays(89)));

        sweeper(rules("", "", "90d")).remove();

        assertThat(kept("anna")).containsExactly(young.id());
        assertThat(pauses)
                .as("fifty times as long as the step, at most a second")
                .containsExactly(200L, 1000L);
        assertThat(anna.sent(Envelope.Deleted.class).stream()
                        .mapToInt(told -> told.ids().size()))
                .containsExactly(10, 10, 4);
    }

    @Test
    void removalThatDoesNotKeepUpHurriesAfterHalfADay() {
        for (int i = 0; i < 24; i++) {
            stored("anna", Message.of("c"), now().minus(Duration.ofDays(91)).plusSeconds(i));
        }
        Sweeper sweeper = new Sweeper(
                fixture.retention(),
                rules("", "", "90d"),
                fixture.devices,
                fixture.clock,
                () -> true,
                () -> true,
                millis -> {
                    pauses.add(millis);
                    fixture.clock.pass(Duration.ofHours(13));
                },
                this::nanos);

        sweeper.remove();

        assertThat(pauses).containsExactly(200L, 50L);
    }

    @Test
    void onlyOneServerRemoves() {
        stored("anna", Message.of("c"), now().minus(Duration.ofDays(91)));
        responsible = false;

        sweeper(rules("", "", "90d")).remove();

        assertThat(kept("anna")).hasSize(1);
    }

    @Test
    void twoServersTellEachNotificationOnce() {
        RecordingSession anna = fixture.online("anna");
        List<String> ended = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            ended.add(stored("anna", Message.of("c").expiringAt(now()), now().minusSeconds(300 - i))
                    .id());
        }

        Race.of(2, () -> {
            new Sweeper(
                            fixture.retention(),
                            rules("", "", ""),
                            fixture.devices,
                            fixture.clock,
                            () -> true,
                            () -> true,
                            millis -> {})
                    .expire();
            return "done";
        });

        assertThat(anna.sent(Envelope.Deleted.class).stream().flatMap(told -> told.ids().stream()))
                .containsExactlyInAnyOrderElementsOf(ended);
    }

    @Test
    void devicesAreToldAlsoIfTheStoreFailsAfterTheRemoval() {
        RecordingSession anna = fixture.online("anna");
        Notification ended = stored("anna", Message.of("c").expiringAt(now()), now().minusSeconds(9));
        Notification old = stored("anna", Message.of("c"), now().minus(Duration.ofDays(91)));
        UncertainStore store = new UncertainStore(fixture.retention());
        Sweeper sweeper = sweeper(store, rules("", "", "90d"));

        assertThatThrownBy(sweeper::expire).isInstanceOf(StoreUnavailableException.class);
        assertThatThrownBy(sweeper::remove).isInstanceOf(StoreUnavailableException.class);

        assertThat(anna.sent(Envelope.Deleted.class))
                .extracting(Envelope.Deleted::ids)
                .containsExactly(List.of(ended.id()), List.of(old.id()));
        store.recover();
        sweeper.expire();
        sweeper.remove();
        assertThat(anna.sent(Envelope.Deleted.class)).hasSize(2);
    }

    @Test
    void withoutRulesNothingIsRemoved() {
        Notification old = stored("anna", Message.of("c"), Instant.parse("2001-01-01T00:00:00Z"));
        fixture.store.markSeen("anna", List.of(old.id()), now());

        sweeper(rules("", "", "")).remove();

        assertThat(kept("anna")).hasSize(1);
    }

    private static RetentionRules rules(String deleted, String seen, String all) {
        return new RetentionRules(KeepTimes.parse(deleted), KeepTimes.parse(seen), KeepTimes.parse(all));
    }

    private Sweeper sweeper(RetentionRules rules) {
        return sweeper(fixture.retention(), rules);
    }

    private Sweeper sweeper(RetentionStore store, RetentionRules rules) {
        return new Sweeper(
                store, rules, fixture.devices, fixture.clock, () -> responsible, () -> true, pauses::add, this::nanos);
    }

    /** The first step takes 4 ms, and all others 24. */
    private long nanos() {
        asked++;
        return Duration.ofMillis(asked < 2 ? 0 : 4 + 24L * (asked / 2 - 1)).toNanos();
    }

    private Instant now() {
        return fixture.clock.instant();
    }

    private Notification stored(String user, Message message, Instant at) {
        NotificationIds ids = new NotificationIds(Clock.fixed(at, ZoneOffset.UTC));
        Notification one = Notification.unseen(ids.reserve(1), user, message, at);
        fixture.store.store(List.of(one));
        return one;
    }

    private List<String> kept(String user) {
        return fixture.store.newest(user, Optional.empty(), TextBudget.ofNotifications(2000)).items().stream()
                .map(Notification::id)
                .toList();
    }
}
