package org.wsnotify.story;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.wsnotify.notification.NotificationKey;

/**
 * Where the stories of notifications are kept: with the notifications, and as long as these. Pushes are kept for
 * {@value #PUSHES_KEPT_DAYS} days.
 *
 * <p>Methods throw {@link org.wsnotify.notification.StoreUnavailableException} if the store cannot be reached. Safe for
 * use by many threads.
 */
public interface StoryStore {

    /** The latest pushes that a story tells. */
    int MOST_PUSHES = 8;

    /** How long pushes are kept, as long as mail that was sent. */
    int PUSHES_KEPT_DAYS = 7;

    /** Records pushes. Recording the same again may count it twice. */
    void pushed(List<PublicationPushes> pushes);

    /** Records that users get no mail about some notifications, because they were online. */
    void present(Collection<NotificationKey> notifications, Instant at);

    /** Returns what is stored of a notification. */
    Optional<StoredStory> find(String id);

    /** Forgets pushes from before a time. */
    void forgetPushes(Instant before);
}
