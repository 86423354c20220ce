package org.wsnotify.embedded;

import java.util.List;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.wsnotify.story.PublicationPushes;

/**
 * The tables of the pushes.
 *
 * @param pushes each by the id of the publication, the time and the number of the record
 * @param age the same by time
 */
record StoryTables(MVMap<String, PublicationPushes> pushes, TimeIndex age) {

    static StoryTables of(MVStore store) {
        return new StoryTables(
                Tables.open(store, "pushes", Tables.TEXT, PushRecord.TYPE), Tables.index(store, "pushes.age"));
    }

    List<MVMap<?, ?>> all() {
        return List.of(pushes, age.map());
    }
}
