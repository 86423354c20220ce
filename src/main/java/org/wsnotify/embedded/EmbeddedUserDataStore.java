package org.wsnotify.embedded;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.MVMap;
import org.wsnotify.erasure.UserDataStore;
import org.wsnotify.outbox.Addressee;
import org.wsnotify.outbox.OutboxEntry;
import org.wsnotify.outbox.OwedMail;
import org.wsnotify.story.StoredStory;

/** Everything about a user in the embedded file. Safe for use by many threads. */
public final class EmbeddedUserDataStore implements UserDataStore {

    private static final int ENTRIES_AT_ONCE = 1000;

    private final TableAccess<InboxTables> inboxes;
    private final TableAccess<OutboxTables> outbox;

    public EmbeddedUserDataStore(EmbeddedDatabase database) {
        this.inboxes = database.access(Tables::inbox);
        this.outbox = database.access(Tables::outbox);
    }

    @Override
    public List<StoredStory> notifications(String userId, boolean removed, Optional<String> after, int most) {
        return inboxes.read(tables -> {
            MVMap<InboxKey, ?> table = removed ? tables.deleted() : tables.kept();
            return first(keys(table, userId, after), most, key -> {
                StoredNotification stored = tables.notifications().get(key.id());
                return EmbeddedStoryStore.read(tables, key.id(), stored);
            });
        });
    }

    @Override
    public List<OutboxEntry<OwedMail>> mails(String userId, Optional<String> after, int most) {
        List<OutboxEntry<OwedMail>> found = new ArrayList<>();
        Optional<String> last = after;
        boolean more = true;
        while (more && found.size() < most) {
            Part<OutboxEntry<OwedMail>> part = part(userId, last, EmbeddedUserDataStore::mail);
            part.found().stream().limit(most - found.size()).forEach(found::add);
            last = part.last();
            more = last.isPresent();
        }
        return found;
    }

    /** Returns a mail, or nothing if its text is missing: then it is damaged, and is not sent either. */
    private static Optional<OutboxEntry<OwedMail>> mail(OutboxTables tables, String id, StoredEntry entry) {
        return Optional.ofNullable(tables.mails().get(entry.mail())).map(mail -> entry.with(id, mail));
    }

    /**
     * What was read of the mails of a user among some entries.
     *
     * @param last the last of the entries; empty at the end
     */
    private record Part<T>(List<T> found, Optional<String> last) {}

    /** Reads something of an entry. */
    @FunctionalInterface
    private interface Reading<T> {
        Optional<T> of(OutboxTables tables, String id, StoredEntry entry);
    }

    /** Reads some entries at a time, so that changes do not wait long. */
    private <T> Part<T> part(String userId, Optional<String> after, Reading<T> reading) {
        return outbox.read(tables -> {
            List<T> found = new ArrayList<>();
            Cursor<String, StoredEntry> entries =
                    tables.entries().cursor(after.map(id -> id + '\0').orElse(null));
            String id = null;
            for (int read = 0; read < ENTRIES_AT_ONCE && entries.hasNext(); read++) {
                id = entries.next();
                StoredEntry entry = entries.getValue();
                if (isAddressee(entry, userId)) {
                    reading.of(tables, id, entry).ifPresent(found::add);
                }
            }
            return new Part<>(found, Optional.ofNullable(id));
        });
    }

    @Override
    public Set<String> addresses(String userId) {
        Set<String> addresses = new HashSet<>();
        Optional<String> last = Optional.empty();
        do {
            Part<StoredEntry> part = part(userId, last, (tables, id, entry) -> Optional.of(entry));
            part.found()
                    .forEach(entry -> entry.addressees().stream()
                            .filter(one -> one.userId().equals(userId))
                            .map(Addressee::email)
                            .forEach(addresses::add));
            last = part.last();
        } while (last.isPresent());
        return addresses;
    }

    @Override
    public int eraseNotifications(String userId, int most) {
        return inboxes.write(tables -> {
            List<InboxKey> found =
                    new ArrayList<>(first(keys(tables.kept(), userId, Optional.empty()), most, key -> key));
            found.addAll(first(keys(tables.deleted(), userId, Optional.empty()), most - found.size(), key -> key));
            found.forEach(tables::erase);
            return found.size();
        });
    }

    /** Works entry by entry and reads no text, of which there may be many. */
    @Override
    public int eraseMails(String userId) {
        int erased = 0;
        Optional<String> last = Optional.empty();
        do {
            Part<String> part = part(userId, last, (tables, id, entry) -> Optional.of(id));
            for (String id : part.found()) {
                erased += outbox.<Integer>write(tables -> erase(tables, id, userId) ? 1 : 0);
            }
            last = part.last();
        } while (last.isPresent());
        return erased;
    }

    /** Returns whether the entry was still there. */
    private static boolean erase(OutboxTables tables, String id, String userId) {
        StoredEntry entry = tables.entries().get(id);
        if (entry == null) {
            return false;
        }
        List<Addressee> others = entry.addressees().stream()
                .filter(one -> !one.userId().equals(userId))
                .toList();
        if (others.isEmpty()) {
            EmbeddedOutbox.remove(tables, id, entry);
        } else {
            tables.entries().put(id, entry.withAddressees(others));
        }
        return true;
    }

    private static boolean isAddressee(StoredEntry entry, String userId) {
        return entry.addressees().stream().anyMatch(one -> one.userId().equals(userId));
    }

    private static Iterator<InboxKey> keys(MVMap<InboxKey, ?> table, String userId, Optional<String> after) {
        return table.cursor(new InboxKey(userId, after.map(id -> id + '0').orElse("")), InboxKey.endOf(userId), false);
    }

    private static <T> List<T> first(Iterator<InboxKey> keys, int most, Function<InboxKey, T> reading) {
        List<T> found = new ArrayList<>();
        while (found.size() < most && keys.hasNext()) {
            found.add(reading.apply(keys.next()));
        }
        return found;
    }
}
