package org.wsnotify.config;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.wsnotify.delivery.IdempotencyStore;
import org.wsnotify.delivery.ScheduleStore;
import org.wsnotify.embedded.EmbeddedBackups;
import org.wsnotify.embedded.EmbeddedDatabase;
import org.wsnotify.embedded.EmbeddedIdempotencyStore;
import org.wsnotify.embedded.EmbeddedNodeStore;
import org.wsnotify.embedded.EmbeddedNotificationFates;
import org.wsnotify.embedded.EmbeddedNotificationStore;
import org.wsnotify.embedded.EmbeddedOutbox;
import org.wsnotify.embedded.EmbeddedPresenceStore;
import org.wsnotify.embedded.EmbeddedRelayLog;
import org.wsnotify.embedded.EmbeddedRetentionStore;
import org.wsnotify.embedded.EmbeddedRetractionStore;
import org.wsnotify.embedded.EmbeddedScheduleStore;
import org.wsnotify.embedded.EmbeddedStoryStore;
import org.wsnotify.embedded.EmbeddedUserDataStore;
import org.wsnotify.embedded.LostCommitsException;
import org.wsnotify.erasure.UserDataStore;
import org.wsnotify.inbox.NotificationStore;
import org.wsnotify.notification.StoreUnavailableException;
import org.wsnotify.operator.Backups;
import org.wsnotify.operator.Backups.BackupException;
import org.wsnotify.operator.Backups.BackupException.Reason;
import org.wsnotify.outbox.MailOutbox;
import org.wsnotify.outbox.NotificationFates;
import org.wsnotify.presence.NodeStore;
import org.wsnotify.presence.PresenceStore;
import org.wsnotify.relay.RelayLog;
import org.wsnotify.retention.RetentionStore;
import org.wsnotify.retraction.RetractionStore;
import org.wsnotify.story.StoryStore;

/** The stores in a file on this server. */
final class EmbeddedStores implements Stores {

    private final StoreSettings settings;
    private final Path directory;
    private final EmbeddedDatabase database;

    EmbeddedStores(StoreSettings settings) {
        this.settings = settings;
        this.directory = settings.embeddedDirectory();
        try {
            this.database = settings.embeddedAcceptOlder()
                    ? EmbeddedDatabase.openOlder(directory)
                    : EmbeddedDatabase.open(directory);
        } catch (LostCommitsException e) {
            throw new SettingsException(e.getMessage() + ". Restore a copy of the folder, or set "
                    + Setting.EMBEDDED_ACCEPT_OLDER.key() + "=true to start without the missing changes.");
        } catch (StoreUnavailableException e) {
            throw new SettingsException(
                    "The setting " + Setting.EMBEDDED_DIRECTORY.key() + " cannot work: " + e.getMessage() + ".");
        }
    }

    @Override
    public NotificationStore notifications() {
        return new EmbeddedNotificationStore(database);
    }

    @Override
    public RetractionStore retractions() {
        return new EmbeddedRetractionStore(database);
    }

    @Override
    public NotificationFates fates() {
        return new EmbeddedNotificationFates(database);
    }

    @Override
    public RetentionStore retention() {
        return new EmbeddedRetentionStore(database);
    }

    @Override
    public StoryStore stories() {
        return new EmbeddedStoryStore(database);
    }

    @Override
    public Backups backups() {
        return settings.backupDirectory()
                .<Backups>map(to -> new EmbeddedBackups(database, to, settings.backupsKept(), Clock.systemUTC()))
                .orElse(() -> {
                    throw new BackupException(
                            Reason.NOT_CONFIGURED, "Set notification.backup.directory to the folder for backups.");
                });
    }

    @Override
    public UserDataStore userData() {
        return new EmbeddedUserDataStore(database);
    }

    @Override
    public ScheduleStore schedule() {
        return new EmbeddedScheduleStore(database);
    }

    @Override
    public MailOutbox outbox() {
        return new EmbeddedOutbox(database);
    }

    @Override
    public IdempotencyStore idempotency() {
        return new EmbeddedIdempotencyStore(database);
    }

    @Override
    public NodeStore nodes() {
        return new EmbeddedNodeStore(Clock.systemUTC());
    }

    @Override
    public PresenceStore presence() {
        return new EmbeddedPresenceStore(Clock.systemUTC());
    }

    @Override
    public RelayLog relay(Clock clock) {
        return new EmbeddedRelayLog();
    }

    @Override
    public void prepare() {
        database.check();
    }

    @Override
    public Optional<String> trouble() {
        try {
            database.check();
            return Optional.empty();
        } catch (StoreUnavailableException e) {
            return Optional.of(e.getMessage());
        }
    }

    @Override
    public void erased() {
        database.rewriteSoon();
    }

    @Override
    public void compact() {
        database.compact();
    }

    @Override
    public String description() {
        return "the folder " + directory;
    }

    @Override
    public void close() {
        database.close();
    }
}
