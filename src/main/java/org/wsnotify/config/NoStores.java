package org.wsnotify.config;

import java.lang.reflect.Proxy;
import java.time.Clock;
import java.util.Optional;
import org.wsnotify.delivery.IdempotencyStore;
import org.wsnotify.delivery.ScheduleStore;
import org.wsnotify.erasure.UserDataStore;
import org.wsnotify.inbox.NotificationStore;
import org.wsnotify.notification.StoreUnavailableException;
import org.wsnotify.operator.Backups;
import org.wsnotify.outbox.MailOutbox;
import org.wsnotify.outbox.NotificationFates;
import org.wsnotify.presence.NodeStore;
import org.wsnotify.presence.PresenceStore;
import org.wsnotify.relay.RelayLog;
import org.wsnotify.retention.RetentionStore;
import org.wsnotify.retraction.RetractionStore;
import org.wsnotify.story.StoryStore;

/** The stores of an application that cannot start: they open nothing, and every call fails. */
final class NoStores implements Stores {

    private static final String NOT_STARTED = "The server did not start";

    @Override
    public NotificationStore notifications() {
        return unavailable(NotificationStore.class);
    }

    @Override
    public RetractionStore retractions() {
        return unavailable(RetractionStore.class);
    }

    @Override
    public NotificationFates fates() {
        return unavailable(NotificationFates.class);
    }

    @Override
    public RetentionStore retention() {
        return unavailable(RetentionStore.class);
    }

    @Override
    public StoryStore stories() {
        return unavailable(StoryStore.class);
    }

    @Override
    public Backups backups() {
        return unavailable(Backups.class);
    }

    @Override
    public UserDataStore userData() {
        return unavailable(UserDataStore.class);
    }

    @Override
    public ScheduleStore schedule() {
        return unavailable(ScheduleStore.class);
    }

    @Override
    public MailOutbox outbox() {
        return unavailable(MailOutbox.class);
    }

    @Override
    public IdempotencyStore idempotency() {
        return unavailable(IdempotencyStore.class);
    }

    @Override
    public NodeStore nodes() {
        return unavailable(NodeStore.class);
    }

    @Override
    public PresenceStore presence() {
        return unavailable(PresenceStore.class);
    }

    @Override
    public RelayLog relay(Clock clock) {
        return unavailable(RelayLog.class);
    }

    private static <T> T unavailable(Class<T> port) {
        return port.cast(Proxy.newProxyInstance(
                port.getClassLoader(), new Class<?>[] {port}, (proxy, method, arguments) -> switch (method.getName()) {
                    case "equals" -> proxy == arguments[0];
                    case "hashCode" -> System.identityHashCode(proxy);
                    case "toString" -> NOT_STARTED;
                    default -> throw new StoreUnavailableException(NOT_STARTED);
                }));
    }

    @Override
    public void prepare() {
        throw new StoreUnavailableException(NOT_STARTED);
    }

    @Override
    public Optional<String> trouble() {
        return Optional.of(NOT_STARTED);
    }

    @Override
    public void erased() {
        // nothing was opened
    }

    @Override
    public void compact() {
        // nothing was opened
    }

    @Override
    public String description() {
        return "nowhere";
    }

    @Override
    public void close() {
        // nothing was opened
    }
}
