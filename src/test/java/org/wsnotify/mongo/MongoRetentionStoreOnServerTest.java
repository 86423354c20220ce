package org.wsnotify.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.wsnotify.inbox.NotificationStore;
import org.wsnotify.notification.Message;
import org.wsnotify.notification.Notification;
import org.wsnotify.notification.UncertainRemovalException;
import org.wsnotify.retention.RetentionStore;
import org.wsnotify.retention.RetentionStoreContract;
import org.wsnotify.retention.Types;

/** {@link MongoRetentionStore} on the server that MONGODB_TEST_URI names. */
class MongoRetentionStoreOnServerTest extends RetentionStoreContract {

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
                new MongoRetentionStore(connection));
    }

    @Test
    void removalThatFailedNamesWhatMayHaveLeftAnInbox() {
        NotificationStore notifications = new MongoNotificationStore(DATABASE.connection());
        RetentionStore retention = new MongoRetentionStore(DATABASE.connection());
        Notification ended = Notification.unseen(
                "6b0000000000000000000001", "anna", Message.of("c").expiringAt(NOW), NOW.minusSeconds(60));
        notifications.store(List.of(ended));

        assertNames(ended, () -> Failpoint.error(UNAUTHORIZED, 1, "update").during(() -> retention.expire(NOW, 10)));
        assertNames(
                ended,
                () -> Failpoint.error(UNAUTHORIZED, 1, "delete")
                        .during(() -> retention.removeOld(Types.ALL, NOW, Optional.empty(), 10)));

        assertThat(retention.expire(NOW, 10).fromInboxes()).containsExactly(ended.key());
    }

    private static void assertNames(Notification one, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        UncertainRemovalException.class,
                        e -> assertThat(e.notifications()).containsExactly(one.key()));
    }
}
