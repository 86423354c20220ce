package org.wsnotify.embedded;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.wsnotify.delivery.ScheduleStore;
import org.wsnotify.delivery.ScheduledPublication;
import org.wsnotify.delivery.ScheduledPublication.Place;
import org.wsnotify.notification.NotificationIds;
import org.wsnotify.notification.PublicationId;

/** Scheduled publications in the embedded file. Safe for use by many threads. */
public final class EmbeddedScheduleStore implements ScheduleStore {

    private static final Duration LONGEST_LEASE = Duration.ofMinutes(2);

    private final TableAccess<ScheduleTables> database;

    public EmbeddedScheduleStore(EmbeddedDatabase database) {
        this.database = database.access(Tables::schedule);
    }

    @Override
    public void add(List<ScheduledPublication> publications) {
        List<ScheduledPublication> all = List.copyOf(publications);
        database.write(tables -> {
            all.forEach(one -> tables.add(keyOf(one), one));
            return null;
        });
    }

    @Override
    public Optional<Claimed> claim(Instant now, Duration lease) {
        Instant behind = now.plusMillis(1);
        if (database.read(tables -> tables.due().before(behind, 1)).isEmpty()) {
            return Optional.empty();
        }
        return database.write(tables -> tables.due().before(behind, 1).stream()
                .findFirst()
                .map(due -> {
                    StoredSchedule stored = tables.publications().get(due.id());
                    StoredSchedule claimed = stored.claimedUntil(now.plus(lease));
                    tables.change(due.id(), stored, claimed);
                    return new Claimed(claimed.publication(), String.valueOf(claimed.claims()));
                }));
    }

    @Override
    public boolean renew(Claimed claimed, Instant end) {
        String key = keyOf(claimed.publication());
        return database.write(tables -> held(tables, claimed)
                .map(stored -> {
                    tables.change(key, stored, stored.renewedUntil(end));
                    return true;
                })
                .orElse(false));
    }

    @Override
    public List<PublicationId> complete(Claimed claimed, List<PublicationId> takenBack) {
        String key = keyOf(claimed.publication());
        return database.write(tables -> held(tables, claimed)
                .map(stored -> {
                    List<PublicationId> left = stored.withdrawn().stream()
                            .filter(range -> !takenBack.contains(range))
                            .toList();
                    if (left.isEmpty()) {
                        tables.remove(key, stored);
                    }
                    return left;
                })
                .orElse(List.of()));
    }

    /** Makes what a process that died had claimed due again. */
    static void endLeases(ScheduleTables tables) {
        Instant soon = Instant.now().plus(LONGEST_LEASE);
        for (TimeKey due : tables.due().before(soon, Integer.MAX_VALUE)) {
            StoredSchedule stored = tables.publications().get(due.id());
            if (stored != null && stored.claims() > 0) {
                tables.change(
                        due.id(),
                        stored,
                        stored.renewedUntil(stored.publication().deliverAt()));
            }
        }
    }

    /** Returns what was claimed; empty if the claim was lost. */
    private static Optional<StoredSchedule> held(ScheduleTables tables, Claimed claimed) {
        return Optional.ofNullable(tables.publications().get(keyOf(claimed.publication())))
                .filter(stored -> String.valueOf(stored.claims()).equals(claimed.claim()));
    }

    private static String keyOf(ScheduledPublication publication) {
        return NotificationIds.byNode(publication.id().first());
    }

    @Override
    public int withdraw(PublicationId range) {
        if (database.read(tables -> keyOf(tables, range.first())).isEmpty()) {
            return 0;
        }
        return database.write(tables -> keyOf(tables, range.first())
                .map(key -> withdraw(tables, key, range))
                .orElse(0));
    }

    private static int withdraw(ScheduleTables tables, String key, PublicationId range) {
        StoredSchedule stored = tables.publications().get(key);
        int[] places = stored.publication().id().placesOf(range);
        List<Place> others = stored.publication().recipients().stream()
                .filter(one -> one.place() < places[0] || one.place() >= places[1])
                .toList();
        int taken = stored.publication().recipients().size() - others.size();
        if (taken > 0 && others.isEmpty() && stored.claims() == 0) {
            tables.remove(key, stored);
        } else if (taken > 0) {
            tables.change(key, stored, stored.without(range, others));
        }
        return taken;
    }

    @Override
    public Optional<ScheduledPublication> find(String notificationId) {
        if (!NotificationIds.isId(notificationId)) {
            return Optional.empty();
        }
        return database.read(tables -> keyOf(tables, notificationId)
                .map(key -> tables.publications().get(key).publication())
                .map(found -> {
                    int[] places = found.id().placesOf(new PublicationId(notificationId, 1));
                    return found.withRecipients(found.recipients().stream()
                            .filter(one -> one.place() == places[0])
                            .toList());
                })
                .filter(found -> !found.recipients().isEmpty()));
    }

    @Override
    public List<ScheduledPublication> of(String userId, Optional<PublicationId> after, int most) {
        return database.read(tables -> {
            List<ScheduledPublication> found = new ArrayList<>();
            InboxKey start = after.map(last -> new InboxKey(userId, NotificationIds.byNode(last.first())))
                    .orElseGet(() -> InboxKey.startOf(userId));
            Iterator<InboxKey> keys = tables.users().keyIterator(start);
            while (found.size() < most && keys.hasNext()) {
                InboxKey key = keys.next();
                if (!key.userId().equals(userId)) {
                    break;
                }
                if (!key.equals(start)) {
                    found.add(only(tables.publications().get(key.id()).publication(), userId));
                }
            }
            return found;
        });
    }

    @Override
    public boolean isTakingBack() {
        Instant end = Instant.now().plus(LONGEST_LEASE); // what is claimed is due at the end of its lease
        return database.read(tables -> tables.due().before(end, Integer.MAX_VALUE).stream()
                .anyMatch(
                        due -> !tables.publications().get(due.id()).withdrawn().isEmpty()));
    }

    @Override
    public long size() {
        return database.read(tables -> tables.publications().sizeAsLong());
    }

    private static ScheduledPublication only(ScheduledPublication publication, String userId) {
        return publication.withRecipients(publication.recipients().stream()
                .filter(one -> one.recipient().userId().equals(userId))
                .toList());
    }

    /** Returns the key of the publication that has a notification. */
    private static Optional<String> keyOf(ScheduleTables tables, String notificationId) {
        return Optional.ofNullable(tables.publications().floorKey(NotificationIds.byNode(notificationId)))
                .filter(key -> {
                    PublicationId id =
                            tables.publications().get(key).publication().id();
                    int[] places = id.placesOf(new PublicationId(notificationId, 1));
                    return places[0] < places[1];
                });
    }
}
