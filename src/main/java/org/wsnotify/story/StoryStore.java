package org.wsnotify.story;

import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import org.wsnotify.notification.NotificationKey;

/**
 * Where the stories of notifications are kept: with the notifications, and as long as these.
 *
 * <p>Methods throw {@link org.wsnotify.notification.StoreUnavailableException} if the store cannot be reached. Safe for
 * use by many threads.
 */
public interface StoryStore {

    /** So many pushes of a notification are kept. */
    int MOST_PUSHES = 8;

    /** Records that some notifications were pushed. Recording the same again may count it twice. */
    void pushed(Collection<NotificationKey> notifications, Push push);

    /** Records that users get no mail about some notifications, because they were online. */
    void present(Collection<NotificationKey> notifications, Instant at);

    /** Returns what is stored of a notification. */
    Optional<StoredStory> find(String id);
}
