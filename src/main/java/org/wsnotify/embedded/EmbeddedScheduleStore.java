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

    private final TableAccess<ScheduleTables> database;

    public EmbeddedScheduleStore(EmbeddedDatabase database) {
        this.database = database.access(Tables::schedule);
    }

    @Override
    public void add(List<ScheduledPublication> publications) {
        List<ScheduledPublication> all = List.copyOf(publications);
        database.write(tables -> {
            all.forEach(one -> {
                String key = NotificationIds.byNode(one.id().first());
                if (!tables.publications().containsKey(key)) {
                    tables.publications().put(key, StoredSchedule.of(one));
                    tables.due().add(TimeKey.of(one.deliverAt(), key));
                }
            });
            return null;
        });
    }

    @Override
    public Optional<Claimed> claim(Instant now, Duration lease) {
        Instant behind = now.plusMillis(1);
        if (database.read(tables -> tables.due().before(behind, 1, any -> true)).isEmpty()) {
            return Optional.empty();
        }
        return database.write(tables -> tables.due().before(behind, 1, any -> true).stream()
                .findFirst()
                .map(due -> {
                    StoredSchedule claimed = tables.publications().get(due.id()).claimedUntil(now.plus(lease));
                    tables.due().remove(due);
                    tables.due().add(TimeKey.of(claimed.dueAt(), due.id()));
                    tables.publications().put(due.id(), claimed);
                    return new Claimed(claimed.publication(), String.valueOf(claimed.claims()));
                }));
    }

    @Override
    public List<PublicationId> complete(Claimed claimed) {
        String key = NotificationIds.byNode(claimed.publication().id().first());
        return database.write(tables -> {
            StoredSchedule stored = tables.publications().get(key);
            if (stored == null || !String.valueOf(stored.claims()).equals(claimed.claim())) {
                return List.of();
            }
            remove(tables, key, stored);
            return stored.withdrawn();
        });
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
            remove(tables, key, stored);
        } else if (taken > 0) {
            tables.publications().put(key, stored.without(range, others));
        }
        return taken;
    }

    private static void remove(ScheduleTables tables, String key, StoredSchedule stored) {
        tables.publications().remove(key);
        tables.due().remove(TimeKey.of(stored.dueAt(), key));
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
    public List<ScheduledPublication> of(String userId, int most) {
        return database.read(tables -> {
            List<ScheduledPublication> found = new ArrayList<>();
            Iterator<StoredSchedule> all = tables.publications().values().iterator();
            while (found.size() < most && all.hasNext()) {
                ScheduledPublication one = all.next().publication();
                List<Place> own = one.recipients().stream()
                        .filter(place -> place.recipient().userId().equals(userId))
                        .toList();
                if (!own.isEmpty()) {
                    found.add(one.withRecipients(own));
                }
            }
            return found;
        });
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
