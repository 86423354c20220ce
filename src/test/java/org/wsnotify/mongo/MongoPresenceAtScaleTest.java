package org.wsnotify.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.ConnectionString;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.wsnotify.presence.Place;

/** Finds out where 10,000 of 100,000 users on ten servers are. */
class MongoPresenceAtScaleTest {

    private static final Instant SINCE = Instant.parse("2126-03-04T05:06:07.089Z");
    private static final int USERS = 100_000;
    private static final int NODES = 10;
    private static final int ASKED = 10_000;
    private static final int BATCH = 10_000;

    @RegisterExtension
    static final DatabasePerClass DATABASE = new DatabasePerClass(MongoPresenceAtScaleTest::open);

    private static MongoClient explaining;
    private static ExplainedCommands commands;

    private static MongoTestDatabase open() {
        explaining = MongoClients.create(new ConnectionString(MongoTestDatabase.serverUri()));
        String name = MongoTestDatabase.newName();
        commands = new ExplainedCommands(explaining.getDatabase(name));
        return MongoTestDatabase.aloneOnServer(name, settings -> settings.addCommandListener(commands));
    }

    @AfterAll
    static void close() {
        if (explaining != null) {
            explaining.close();
        }
    }

    @Test
    void oneCoveredQueryFindsTenThousandUsers() {
        for (int from = 0; from < USERS; from += BATCH) {
            DATABASE.connection()
                    .collection(MongoPresenceStore.COLLECTION)
                    .insertMany(IntStream.range(from, from + BATCH)
                            .mapToObj(MongoPresenceAtScaleTest::entry)
                            .toList());
        }
        List<String> asked = IntStream.range(0, ASKED)
                .mapToObj(i -> "user" + (i * 11)) // beyond 100,000 there is nobody
                .toList();
        commands.all().clear();

        Map<String, List<Place>> places = new MongoPresenceStore(DATABASE.connection()).where(asked);

        assertThat(places).hasSize((USERS + 10) / 11);
        assertThat(commands.all()).hasSize(1);
        ExplainedCommand query = commands.all().get(0);
        assertThat(query.stages())
                .contains("IXSCAN")
                .noneMatch(stage -> stage.equals("FETCH") || stage.startsWith("COLLSCAN"));
        assertThat(query.examined()).isZero();
        System.out.printf("where %d of %d users are: found in %s ms%n", ASKED, USERS, times(asked));
    }

    /** Returns the milliseconds of several calls, none of which is explained. */
    private static List<Long> times(List<String> asked) {
        List<Long> times = new ArrayList<>();
        try (MongoConnection connection = new MongoConnection(DATABASE.options())) {
            MongoPresenceStore presence = new MongoPresenceStore(connection);
            for (int round = 0; round < 5; round++) {
                long start = System.nanoTime();
                presence.where(asked);
                times.add(Duration.ofNanos(System.nanoTime() - start).toMillis());
            }
        }
        return times;
    }

    private static Document entry(int user) {
        String node = "0000000" + user % NODES;
        return new Document("_id", node + ":user" + user)
                .append(MongoPresenceStore.USER, "user" + user)
                .append(MongoPresenceStore.NODE, node)
                .append(MongoPresenceStore.SINCE, SINCE);
    }
}
