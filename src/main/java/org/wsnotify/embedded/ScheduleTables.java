package org.wsnotify.embedded;

import java.util.List;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.wsnotify.delivery.ScheduledPublication;

/**
 * The tables of {@link EmbeddedScheduleStore}.
 *
 * @param publications what is scheduled, by {@link org.wsnotify.notification.NotificationIds#byNode}
 * @param due the same by the time at which it may be claimed
 * @param users the same by each user who is left among the recipients
 */
record ScheduleTables(MVMap<String, StoredSchedule> publications, TimeIndex due, MVMap<InboxKey, String> users) {

    private static final String NOTHING = "";

    static ScheduleTables of(MVStore store) {
        return new ScheduleTables(
                Tables.open(store, "schedule.publications", Tables.TEXT, StoredSchedule.TYPE),
                Tables.index(store, "schedule.due"),
                Tables.open(store, "schedule.users", InboxKey.TYPE, Tables.TEXT));
    }

    List<MVMap<?, ?>> all() {
        return List.of(publications, due.map(), users);
    }

    /** Adds a publication, unless its key is there. */
    void add(String key, ScheduledPublication publication) {
        if (!publications.containsKey(key)) {
            publications.put(key, StoredSchedule.of(publication));
            due.add(TimeKey.of(publication.deliverAt(), key));
            publication.recipients().forEach(one -> users.put(userKey(one, key), NOTHING));
        }
    }

    /** Replaces a publication by the same with another time or fewer recipients. */
    void change(String key, StoredSchedule before, StoredSchedule after) {
        publications.put(key, after);
        due.remove(TimeKey.of(before.dueAt(), key));
        due.add(TimeKey.of(after.dueAt(), key));
        List<ScheduledPublication.Place> left = after.publication().recipients();
        if (left.size() < before.publication().recipients().size()) {
            before.publication().recipients().forEach(one -> users.remove(userKey(one, key)));
            left.forEach(one -> users.put(userKey(one, key), NOTHING));
        }
    }

    void remove(String key, StoredSchedule stored) {
        publications.remove(key);
        due.remove(TimeKey.of(stored.dueAt(), key));
        stored.publication().recipients().forEach(one -> users.remove(userKey(one, key)));
    }

    private static InboxKey userKey(ScheduledPublication.Place one, String key) {
        return new InboxKey(one.recipient().userId(), key);
    }
}
