package org.wsnotify.embedded;

import java.util.List;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;

/**
 * The tables of {@link EmbeddedScheduleStore}.
 *
 * @param publications what is scheduled, by {@link org.wsnotify.notification.NotificationIds#byNode}
 * @param due the same by the time at which it may be claimed
 */
record ScheduleTables(MVMap<String, StoredSchedule> publications, TimeIndex due) {

    static ScheduleTables of(MVStore store) {
        return new ScheduleTables(
                Tables.open(store, "schedule.publications", Tables.TEXT, StoredSchedule.TYPE),
                Tables.index(store, "schedule.due"));
    }

    List<MVMap<?, ?>> all() {
        return List.of(publications, due.map());
    }
}
