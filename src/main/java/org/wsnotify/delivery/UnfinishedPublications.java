package org.wsnotify.delivery;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.wsnotify.inbox.Devices;
import org.wsnotify.notification.NotificationKey;
import org.wsnotify.notification.StoreUnavailableException;
import org.wsnotify.outbox.PresenceConfirmation;
import org.wsnotify.outbox.PresenceReporter;

/**
 * Publications that failed half way, perhaps after they were stored: what is stored of them is pushed as soon as the
 * store can be read again. Otherwise devices would lack what the inbox has. Its recipients are asked for a sign of life
 * then, since mail to them may be held.
 *
 * <p>{@link #add} is safe for many threads and never blocks. {@link #push} is called every few seconds by one thread
 * and may block.
 */
public final class UnfinishedPublications {

    private static final Logger LOG = System.getLogger(UnfinishedPublications.class.getName());
    private static final int MOST_NOTIFICATIONS = 50_000;

    /** The store may carry out late what this server had given up: so it is asked more than once. */
    private static final int TIMES = 3;

    private final StoredPushes pushes;
    private final Devices devices;
    private final PresenceConfirmation presenceConfirmation;
    private final PresenceReporter presenceReporter;
    private final Deque<Unfinished> waiting = new ArrayDeque<>();
    private int notifications;

    private static final class Unfinished {
        private final String publication;
        private final List<NotificationKey> keys;
        private final boolean mailHeld;
        private final Set<String> asked = new HashSet<>();
        private int left = TIMES;

        Unfinished(String publication, List<NotificationKey> keys, boolean mailHeld) {
            this.publication = publication;
            this.keys = List.copyOf(keys);
            this.mailHeld = mailHeld;
        }
    }

    public UnfinishedPublications(
            StoredPushes pushes,
            Devices devices,
            PresenceConfirmation presenceConfirmation,
            PresenceReporter presenceReporter) {
        this.pushes = pushes;
        this.devices = devices;
        this.presenceConfirmation = presenceConfirmation;
        this.presenceReporter = presenceReporter;
    }

    /**
     * Notes a publication that has failed. The oldest ones are forgotten when there are very many.
     *
     * @param mailHeld whether mail to its recipients may be held for a sign of life
     */
    synchronized void add(String publication, List<NotificationKey> keys, boolean mailHeld) {
        waiting.add(new Unfinished(publication, keys, mailHeld));
        notifications += keys.size();
        while (notifications > MOST_NOTIFICATIONS && waiting.size() > 1) {
            notifications -= waiting.remove().keys.size();
        }
    }

    /** Pushes what is stored of the publications that wait. While the store is down, they go on waiting. */
    public void push() {
        for (Unfinished one : all()) {
            try {
                Set<String> users = pushes.pushUnseen(one.publication, one.keys, user -> one.mailHeld);
                if (one.mailHeld && one.asked.addAll(users)) {
                    ask(one.publication, users);
                }
            } catch (StoreUnavailableException e) {
                LOG.log(Level.DEBUG, "What is stored of failed publications is pushed later: {0}", e.getMessage());
                return;
            }
            pushed(one);
        }
    }

    /** Signs of life from now on count: before, nobody had seen the publication. */
    private void ask(String publication, Set<String> users) {
        presenceConfirmation.relayed(publication);
        presenceReporter.watch(publication, users);
        users.forEach(devices::probe);
    }

    private synchronized List<Unfinished> all() {
        return List.copyOf(waiting);
    }

    private synchronized void pushed(Unfinished one) {
        one.left--;
        if (one.left > 0) {
            return;
        }
        for (Iterator<Unfinished> each = waiting.iterator(); each.hasNext(); ) {
            if (each.next() == one) {
                each.remove();
                notifications -= one.keys.size();
                return;
            }
        }
    }
}
