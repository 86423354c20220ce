package org.wsnotify.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.wsnotify.notification.Message;
import org.wsnotify.notification.Notification;
import org.wsnotify.notification.StoreUnavailableException;
import org.wsnotify.notification.UncertainRemovalException;
import org.wsnotify.retraction.RetractionStore;
import org.wsnotify.retraction.RetractionStoreContract;

/** {@link MongoRetractionStore} on the server that MONGODB_TEST_URI names. */
class MongoRetractionStoreOnServerTest extends RetractionStoreContract {

    private static final Instant NOW = Instant.parse("2027-03-04T05:06:07.089Z");
    private static final int UNAUTHORIZED = 13;

    @RegisterExtension
    static final DatabasePerClass DATABASE = new DatabasePerClass(MongoTestDatabase::aloneOnServer);

    @Override
    protected Stores emptyStores() {
        MongoConnection connection = DATABASE.connection();
        return new Stores(
                new MongoNotificationStore(connection),
                new MongoRetractionStore(connection),
                new MongoNotificationFates(connection));
    }

    @Test
    void replacementThatFailedNamesWhatMayHaveLeftAnInbox() {
        Notification older = stored("6b0000000000000000000001");
        stored("6b0000000000000000000002");
        RetractionStore retractions = new MongoRetractionStore(DATABASE.connection());

        assertThatThrownBy(() -> Failpoint.error(UNAUTHORIZED, 1, "update")
                        .during(() -> retractions.replace(List.of("anna"), "group", NOW)))
                .isInstanceOfSatisfying(
                        UncertainRemovalException.class,
                        e -> assertThat(e.notifications()).containsExactly(older.key()));

        assertThat(retractions.replace(List.of("anna"), "group", NOW)).containsExactly(older.key());
    }

    @Test
    void retractionThatFailedAfterwardsIsNamedByItsRepetition() {
        Notification one = stored("6b0000000000000000000001");
        RetractionStore retractions = new MongoRetractionStore(DATABASE.connection());

        assertThatThrownBy(() -> Failpoint.error(UNAUTHORIZED, 1, "find")
                        .during(() -> retractions.retract(List.of(one.id()), NOW)))
                .isInstanceOf(StoreUnavailableException.class);

        assertThat(retractions.retract(List.of(one.id()), NOW).notifications()).containsExactly(one.key());
    }

    private static Notification stored(String id) {
        Notification one = Notification.unseen(id, "anna", Message.of("c").withGroup("group"), NOW);
        new MongoNotificationStore(DATABASE.connection()).store(List.of(one));
        return one;
    }
}
