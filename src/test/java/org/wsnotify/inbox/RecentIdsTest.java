package org.wsnotify.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.wsnotify.HandClock;
import org.wsnotify.notification.NotificationIds;

class RecentIdsTest {

    private final HandClock clock = new HandClock();
    private final NotificationIds ids = new NotificationIds(clock);
    private final RecentIds recent = new RecentIds(3, new IdBudget(1000));

    private String added() {
        String id = ids.reserve(1);
        recent.add(id);
        return id;
    }

    @Test
    void idsOfTheLastMinutesAreKnown() {
        String first = added();
        clock.pass(Duration.ofMinutes(4));
        String second = added();

        assertThat(recent.contains(first)).isTrue();
        assertThat(recent.contains(second)).isTrue();
    }

    @Test
    void olderIdsAreForgottenWhenOneIsAdded() {
        String first = added();
        String second = added();
        clock.pass(Duration.ofMinutes(6));
        String third = added();

        assertThat(recent.contains(first)).isFalse();
        assertThat(recent.contains(second)).isFalse();
        assertThat(recent.contains(third)).isTrue();
    }

    @Test
    void theOldestOfVeryManyAreForgotten() {
        String first = added();
        String second = added();
        added();
        added();

        assertThat(recent.contains(first)).isFalse();
        assertThat(recent.contains(second)).isTrue();
    }

    @Test
    void anOldIdThatIsAddedAgainIsNoTrouble() {
        String first = added();
        clock.pass(Duration.ofMinutes(6));
        String second = added();
        recent.add(first);

        assertThat(recent.contains(first)).isTrue();
        assertThat(recent.contains(second)).isTrue();
    }

    @Test
    void idsUpToOneAreForgotten() {
        String first = added();
        String second = added();
        recent.removeUpTo(first);

        assertThat(recent.contains(first)).isFalse();
        assertThat(recent.contains(second)).isTrue();
    }

    @Test
    void usersWithManyIdsRememberFewerWhileTheBudgetIsSpent() {
        int few = RecentIds.FEW;
        IdBudget budget = new IdBudget(few + 10);
        RecentIds many = new RecentIds(1000, budget);
        List<String> its = added(many, few + 20);
        assertThat(its.subList(0, 10)).noneMatch(many::contains);
        assertThat(its.subList(10, its.size())).allMatch(many::contains);

        RecentIds other = new RecentIds(1000, budget);
        List<String> others = added(other, few);
        its = added(many, 1);

        assertThat(others).allMatch(other::contains);
        assertThat(its).allMatch(many::contains);
        assertThat(budget.isSpent()).as("two users with few ids each").isTrue();

        other.close();
        assertThat(budget.isSpent()).isFalse();
        assertThat(added(other, 1)).noneMatch(other::contains);
        many.removeUpTo(its.get(0));
        many.close();
        budget.add(few + 10);
        assertThat(budget.isSpent()).as("something is left in the budget").isFalse();
    }

    private List<String> added(RecentIds to, int count) {
        List<String> all = Stream.generate(() -> ids.reserve(1)).limit(count).toList();
        all.forEach(to::add);
        return all;
    }
}
