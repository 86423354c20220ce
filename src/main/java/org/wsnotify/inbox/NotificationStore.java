package org.wsnotify.inbox;

import static java.util.stream.Collectors.toMap;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.wsnotify.notification.Notification;
import org.wsnotify.notification.NotificationKey;
import org.wsnotify.notification.StoreUnavailableException;

/**
 * Where notifications are kept, by recipient.
 *
 * <p>What a method did is durable when it returns. Deleted notifications stay stored, marked, and are never given out
 * again. A user only ever reads or changes what is his own. Safe for use by many threads; every method may block on the
 * store and throws {@link StoreUnavailableException} when it cannot be reached: then nothing is known of what was done,
 * and doing the same again is safe.
 */
public interface NotificationStore {

    /**
     * Stores all notifications durably. One that is stored already, by its id, is left as it is: so a publication can
     * be repeated.
     */
    void store(List<Notification> notifications);

    /**
     * What the user has not seen, oldest first, at most {@code limit}.
     *
     * @param characters reading ends before the texts of all together are longer; one notification is given in any case
     */
    List<Notification> unseen(String userId, int limit, long characters);

    /** What the user keeps, newest first, leaving out the first {@code skip}. Empty beyond the end. */
    List<Notification> page(String userId, int skip, int limit);

    /**
     * What the user keeps, newest first.
     *
     * @param before only ids smaller than this one (which need not exist); empty for all
     */
    Excerpt newest(String userId, Optional<String> before, TextBudget budget);

    /**
     * What the user has not seen, newest first.
     *
     * @param before only ids smaller than this one (which need not exist); empty for all
     */
    Excerpt newestUnseen(String userId, Optional<String> before, TextBudget budget);

    /**
     * Marks those of {@code ids} seen that the user keeps.
     *
     * @return the ids that the user keeps, in the order given, also those that were seen already
     */
    List<String> markSeen(String userId, Collection<String> ids, Instant when);

    /**
     * Marks everything seen that the user keeps up to now, or up to a notification.
     *
     * @param upTo the id of the newest that is to be marked; any id is possible; empty for all
     * @return the id up to which all is seen now: {@code upTo}, or the newest that the user keeps if that is older; empty
     *     when the user keeps nothing
     */
    Optional<String> markAllSeen(String userId, Optional<String> upTo, Instant when);

    /**
     * Deletes those of {@code ids} that the user keeps.
     *
     * @return the ids that the user kept, in the order given
     */
    List<String> delete(String userId, Collection<String> ids, Instant when);

    /**
     * Returns those of the named notifications that their users keep, in any order.
     *
     * @param keys of any number of users; they are asked for together
     */
    List<Notification> find(Collection<NotificationKey> keys);

    /**
     * Returns what users have not seen of what was published lately, in any order.
     *
     * @param users about a hundred; they are asked for together
     * @param fromId the smallest id that is wanted; it need not exist
     */
    List<Notification> recentUnseen(Collection<String> users, String fromId);

    /**
     * Returns how many notifications the user has not seen, and which are the newest of them.
     *
     * @param cap at most so many are counted: this bounds the cost
     */
    UnseenReading readUnseen(String userId, int cap);

    /**
     * Returns the same for several users, about a hundred.
     *
     * @return the readings by user. A store that asks for all together may leave users out of whom there is too much; a
     *     single user is there always
     */
    default Map<String, UnseenReading> readUnseenOfAll(Set<String> users, int cap) {
        return users.stream().collect(toMap(Function.identity(), user -> readUnseen(user, cap)));
    }
}
