package org.wsnotify.erasure;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.wsnotify.outbox.OutboxEntry;
import org.wsnotify.outbox.OwedMail;
import org.wsnotify.story.StoredStory;

/**
 * Reads and erases everything that is stored about a user, some at a time.
 *
 * <p>What a method erased is gone when it returns. Safe for use by many threads. Methods throw {@link
 * org.wsnotify.notification.StoreUnavailableException} if the store cannot be reached; repeating a call is safe.
 */
public interface UserDataStore {

    /**
     * Returns notifications of a user, oldest first.
     *
     * @param removed those that left the inbox; otherwise those that are in it
     * @param after only ids larger than this one; empty for the first
     */
    List<StoredStory> notifications(String userId, boolean removed, Optional<String> after, int most);

    /**
     * Returns the mail of which a user is an addressee, in the order of the ids. Goes through all mail, so it is slow.
     *
     * @param after only ids larger than this one; empty for the first
     */
    List<OutboxEntry<OwedMail>> mails(String userId, Optional<String> after, int most);

    /** Returns the e-mail addresses of a user in all mail. Goes through all mail, so it is slow. */
    Set<String> addresses(String userId);

    /**
     * Erases notifications of a user, in the inbox or not.
     *
     * @return how many; fewer than {@code most} if none is left
     */
    int eraseNotifications(String userId, int most);

    /**
     * Takes a user out of all mail, in whatever state it is, also of mail that is being sent. What has no other addressee
     * is erased.
     *
     * @return the number of mails
     */
    int eraseMails(String userId);
}
