package org.wsnotify.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wsnotify.delivery.DeliveryFixture;
import org.wsnotify.notification.StoreUnavailableException;
import org.wsnotify.notification.UnseenCounts;

class JoinsTest {

    @TempDir
    Path directory;

    private DeliveryFixture fixture;
    private Joins joins;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final List<Set<String>> readings = new ArrayList<>();
    private final List<String> events = new ArrayList<>();
    private boolean countsFail;

    @BeforeEach
    void open() {
        fixture = new DeliveryFixture(directory);
        joins = new Joins(fixture.server.presence, this::counts, tasks::add);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private Map<String, UnseenCounts> counts(Set<String> users) {
        readings.add(users);
        if (countsFail) {
            throw new StoreUnavailableException("down");
        }
        Map<String, UnseenCounts> counts = new HashMap<>();
        users.forEach(user -> counts.put(user, UnseenCounts.NONE));
        return counts;
    }

    @Test
    void usersWhoWaitJoinTogether() {
        join("anna", "ben", "anna");
        run();

        assertThat(readings).containsExactly(Set.of("anna", "ben"));
        assertThat(events)
                .containsExactly(
                        "begin anna",
                        "begin ben",
                        "begin anna",
                        "counted anna true",
                        "counted ben true",
                        "counted anna true");
    }

    @Test
    void groupsAreBoundedAndNobodyIsLeft() {
        join(IntStream.range(0, 2 * Joins.MOST + 1).mapToObj(i -> "user" + i).toArray(String[]::new));
        assertThat(tasks).as("groups at once").hasSize(2);
        run();

        assertThat(readings).hasSize(3).allMatch(users -> users.size() <= Joins.MOST);
        assertThat(events).filteredOn(event -> event.startsWith("counted")).hasSize(2 * Joins.MOST + 1);

        join("later");
        run();
        assertThat(events).endsWith("counted later true");
    }

    @Test
    void whatCannotBeCountedForAllIsLeftToEach() {
        countsFail = true;
        join("anna", "ben");
        run();

        assertThat(events).containsExactly("begin anna", "begin ben", "counted anna false", "counted ben false");
    }

    @Test
    void userWhoMayNotJoinDoesNotKeepOthersFromIt() {
        joins.join(new Recorded("anna") {
            @Override
            public boolean begin() {
                return false;
            }
        });
        joins.join(new Recorded("ben") {
            @Override
            public boolean begin() {
                throw new IllegalStateException("no");
            }
        });
        joins.join(new Recorded("carl") {
            @Override
            public void counted(Optional<UnseenCounts> counts) {
                throw new StackOverflowError();
            }
        });
        join("dora");
        run();

        assertThat(readings).containsExactly(Set.of("carl", "dora"));
        assertThat(events)
                .containsExactly(
                        "failed ben IllegalStateException",
                        "begin carl",
                        "begin dora",
                        "failed carl StackOverflowError",
                        "counted dora true");
    }

    @Test
    void joinThatIsTooLateIsNotAnnounced() {
        joins.join(new Recorded("anna") {
            @Override
            public boolean isInTime() {
                return false;
            }
        });
        joins.join(new Recorded("carl") {
            @Override
            public boolean isInTime() {
                throw new IllegalStateException("no");
            }
        });
        join("ben");
        run();

        assertThat(events).containsExactly("failed carl IllegalStateException", "begin ben", "counted ben true");
    }

    @Test
    void groupThatFailsIsToldAndTheNextJoins() {
        joins.join(new Recorded("anna") {
            @Override
            public String userId() {
                throw new IllegalStateException("no");
            }

            @Override
            public void failed(Throwable why) {
                throw new StackOverflowError();
            }
        });
        join("ben");
        run();
        join("carl");
        run();

        assertThat(events).containsExactly("failed ben IllegalStateException", "begin carl", "counted carl true");
    }

    @Test
    void everybodyIsToldWhenTheServerStops() {
        Joins refused = new Joins(fixture.server.presence, this::counts, task -> {
            throw new RejectedExecutionException();
        });
        refused.join(new Recorded("anna"));
        refused.join(new Recorded("ben"));

        assertThat(events)
                .containsExactly("failed anna StoreUnavailableException", "failed ben StoreUnavailableException");
    }

    private void join(String... users) {
        for (String user : users) {
            joins.join(new Recorded(user));
        }
    }

    private void run() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
    }

    private class Recorded implements Joins.Joining {

        private final String user;

        Recorded(String user) {
            this.user = user;
        }

        @Override
        public String userId() {
            return user;
        }

        @Override
        public boolean isInTime() {
            return true;
        }

        @Override
        public boolean begin() {
            events.add("begin " + user);
            return true;
        }

        @Override
        public void counted(Optional<UnseenCounts> counts) {
            events.add("counted " + user + " " + counts.isPresent());
        }

        @Override
        public void failed(Throwable why) {
            events.add("failed " + user + " " + why.getClass().getSimpleName());
        }
    }
}
