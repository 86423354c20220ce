package org.wsnotify.config;

import org.wsnotify.retention.KeepTimes;
import org.wsnotify.retention.RetentionRules;

/** How long notifications are kept. */
record RetentionSettings(RetentionRules rules) {

    static RetentionSettings read(SettingsReader reader) {
        return new RetentionSettings(new RetentionRules(
                reader.value(Setting.KEEP_DELETED, KeepTimes::parse),
                reader.value(Setting.KEEP_SEEN, KeepTimes::parse),
                reader.value(Setting.KEEP_ALL, KeepTimes::parse)));
    }
}
