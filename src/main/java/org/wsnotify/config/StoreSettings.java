package org.wsnotify.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where notifications and mails are stored.
 *
 * @param mongodbUri the MongoDB to store in; empty: the embedded store
 * @param embeddedAcceptOlder whether the embedded store opens a file that lacks the latest changes
 * @param backupDirectory where the embedded store is copied to; empty: nowhere
 * @param backupsKept how many of the newest backups are kept
 */
record StoreSettings(
        Optional<String> mongodbUri,
        String mongodbDatabase,
        Path embeddedDirectory,
        boolean embeddedAcceptOlder,
        Optional<Path> backupDirectory,
        int backupsKept) {

    static StoreSettings read(SettingsReader reader) {
        StoreSettings settings = new StoreSettings(
                reader.optional(Setting.MONGODB_URI),
                reader.text(Setting.MONGODB_DATABASE),
                reader.path(Setting.EMBEDDED_DIRECTORY),
                reader.flag(Setting.EMBEDDED_ACCEPT_OLDER),
                reader.optional(Setting.BACKUP_DIRECTORY).map(any -> reader.path(Setting.BACKUP_DIRECTORY)),
                reader.number(Setting.BACKUP_KEEP, 1, 1000));
        if (settings.mongodbUri().isPresent()
                && reader.given(Setting.EMBEDDED_DIRECTORY).isPresent()) {
            reader.fault("Both " + Setting.MONGODB_URI.key() + " and " + Setting.EMBEDDED_DIRECTORY.key()
                    + " are set, but there is only one store: remove one of them.");
        }
        return settings;
    }

    /** Returns a text without the URI, which may hold a password. */
    @Override
    public String toString() {
        return "StoreSettings[" + (mongodbUri.isPresent() ? "MongoDB, " + mongodbDatabase : embeddedDirectory) + "]";
    }
}
