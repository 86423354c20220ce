package org.wsnotify.inbox;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.wsnotify.notification.InboxChange;
import org.wsnotify.notification.Notification;
import org.wsnotify.notification.NotificationKey;
import org.wsnotify.notification.StoreUnavailableException;
import org.wsnotify.presence.Presence;
import org.wsnotify.presence.StoreClock;
import org.wsnotify.presence.Whereabouts;
import org.wsnotify.relay.Relay;
import org.wsnotify.relay.RelayEvent;
import org.wsnotify.session.SessionRegistry;

/**
 * The one door to all sessions of a user, on this server and on others: whatever a user is told, or is asked about
 * being there, goes through here.
 *
 * <p>Safe for use by many threads. {@link #whereabouts} and {@link #changed} may block on the store; all other methods
 * return at once.
 */
public final class Devices {

    private static final int USERS_AT_ONCE = 1000;

    private final SessionRegistry registry;
    private final ConnectedUsers users;
    private final Presence presence;
    private final Relay relay;
    private final StoreClock clock;

    public Devices(SessionRegistry registry, ConnectedUsers users, Presence presence, Relay relay, StoreClock clock) {
        this.registry = registry;
        this.users = users;
        this.presence = presence;
        this.relay = relay;
        this.clock = clock;
    }

    /**
     * Returns where users are on other servers. What they are to be told must be stored before this is asked:
     * otherwise a session that joins in between misses it.
     *
     * @throws org.wsnotify.notification.StoreUnavailableException if that cannot be read
     */
    public Whereabouts whereabouts(Collection<String> userIds) {
        return presence.whereabouts(userIds);
    }

    /**
     * Pushes the notifications of a publication to the sessions of their users, with the counts after each.
     *
     * @param publication the id of the publication's first notification
     * @param notifications all or some of its notifications, with one message
     * @param after store time after which the store had them as unseen: before they were stored, or read
     * @param where asked after they were stored
     * @param held whether the mail to a user is held for a sign of life
     */
    public void published(
            String publication,
            List<Notification> notifications,
            Instant after,
            Whereabouts where,
            Predicate<String> held) {
        notifications.forEach(notification -> users.published(notification, after));
        List<RelayEvent.Item> elsewhere = new ArrayList<>();
        for (Notification notification : notifications) {
            String userId = notification.userId();
            if (!where.nodes(userId).isEmpty()) {
                elsewhere.add(new RelayEvent.Item(userId, notification.id(), held.test(userId)));
            }
        }
        if (!elsewhere.isEmpty()) {
            Notification one = notifications.get(0);
            relay.publish(
                    new RelayEvent.Published(
                            publication, Optional.of(one.message()), one.createdAt(), after, elsewhere),
                    where);
        }
    }

    /** Tells all sessions of a user of a change that is stored. Those on this server get the counts after it. */
    public void changed(String userId, InboxChange change) {
        relay.tell(userId, new RelayEvent.Changed(userId, change));
        users.changed(userId, change);
    }

    /**
     * Tells all sessions of users that notifications left their inboxes, whoever took them out. The counts follow. May
     * block on the store.
     *
     * @param notifications of any number of users; the store has the change
     */
    public void removed(Collection<NotificationKey> notifications) {
        Map<String, List<String>> byUser = new LinkedHashMap<>();
        notifications.forEach(key ->
                byUser.computeIfAbsent(key.userId(), any -> new ArrayList<>()).add(key.id()));
        List<String> userIds = List.copyOf(byUser.keySet());
        for (int from = 0; from < userIds.size(); from += USERS_AT_ONCE) {
            List<String> some = userIds.subList(from, Math.min(userIds.size(), from + USERS_AT_ONCE));
            some.forEach(user -> users.changedElsewhere(user, new InboxChange.Removed(byUser.get(user))));
            tellOthers(some, user -> new RelayEvent.Changed(user, new InboxChange.Removed(byUser.get(user))));
        }
    }

    /** Tells the other servers only of users who are there: of the others there may be thousands. */
    private void tellOthers(List<String> userIds, Function<String, RelayEvent> event) {
        if (presence.isAlone()) {
            return;
        }
        Predicate<String> isElsewhere;
        try {
            Whereabouts where = presence.whereabouts(userIds);
            isElsewhere = user -> !where.nodes(user).isEmpty();
        } catch (StoreUnavailableException e) { // the change is done, and must be told in any case
            isElsewhere = user -> true;
        }
        userIds.stream().filter(isElsewhere).forEach(user -> relay.tell(user, event.apply(user)));
    }

    /** Pushes what was published on another server to the sessions here. */
    public void publishedElsewhere(RelayEvent.Published event) {
        users.publishedElsewhere(event);
    }

    /** Tells the sessions here of what a user did on another server. */
    public void changedElsewhere(RelayEvent event) {
        if (event instanceof RelayEvent.Changed changed) {
            users.changedElsewhere(changed.userId(), changed.change());
        } else if (event instanceof RelayEvent.Doubted doubted) {
            users.doubt(doubted.userId());
        } else if (event instanceof RelayEvent.SessionsEnded ended) {
            registry.end(ended.userId());
        }
    }

    /**
     * Ends all sessions of a user. Those on other servers end as soon as these are told.
     *
     * @return how many there were on this server
     */
    public int endSessions(String userId) {
        relay.tell(userId, new RelayEvent.SessionsEnded(userId));
        return registry.end(userId);
    }

    /**
     * Pushes to the sessions here what a server stored and perhaps told nobody, because it died.
     *
     * @param since store time: what it stored before was told
     * @throws org.wsnotify.notification.StoreUnavailableException if something may not be pushed; repeating is safe
     */
    public void pushWhatWasLeft(String node, Instant since) {
        users.pushWhatWasLeft(node, since);
    }

    /** A change of a user's notifications failed, and may have been stored: the counts are read and told again. */
    public void doubt(String userId) {
        users.doubt(userId);
        relay.tell(userId, new RelayEvent.Doubted(userId));
    }

    /** Whether a user has a session on this server. */
    public boolean isOnline(String userId) {
        return registry.isOnline(userId);
    }

    /** Whether a session of a user on this server, open or gone, gave a sign of life since a time of its clock. */
    public boolean heardSince(String userId, Instant since) {
        return registry.heardSince(userId, since);
    }

    /** Returns when the last session of a user broke off, in store time, if that was a moment ago. */
    public Optional<Instant> brokeAt(String userId, Whereabouts where) {
        return Stream.concat(registry.brokeAt(userId).map(clock::fromOwn).stream(), where.brokeAt(userId).stream())
                .max(Instant::compareTo);
    }

    /** Asks all sessions of a user on this server for a sign of life, behind what they are told. */
    public void probe(String userId) {
        users.probe(userId);
    }
}
