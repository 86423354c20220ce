package org.wsnotify.embedded;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.h2.mvstore.Cursor;
import org.wsnotify.mail.Mail;
import org.wsnotify.outbox.Addressee;
import org.wsnotify.outbox.MailOutbox;
import org.wsnotify.outbox.OutboxEntry;
import org.wsnotify.outbox.OutboxStatus;
import org.wsnotify.outbox.OwedMail;

/**
 * The mail that is owed, in the embedded file.
 *
 * <p>Entries are ordered by the time they are due, so that a claim reads one key. When the file is opened at start,
 * entries that the previous process had claimed are due again at the same time as before the claim. Safe for use by
 * many threads.
 */
public final class EmbeddedOutbox implements MailOutbox {

    private static final System.Logger LOG = System.getLogger(EmbeddedOutbox.class.getName());

    private final TableAccess<OutboxTables> database;

    public EmbeddedOutbox(EmbeddedDatabase database) {
        this.database = database.access(Tables::outbox);
    }

    @Override
    public void owe(List<OutboxEntry<OwedMail>> entries) {
        List<OutboxEntry<OwedMail>> all = List.copyOf(entries);
        database.write(tables -> {
            Map<Mail, String> mails = new HashMap<>();
            all.forEach(entry -> owe(tables, entry, mails));
            return null;
        });
    }

    /** @param mails the keys of the mails that this call already stored */
    private static void owe(OutboxTables tables, OutboxEntry<OwedMail> entry, Map<Mail, String> mails) {
        String id = entry.id();
        if (tables.entries().containsKey(id)) {
            return;
        }
        String mail = mails.computeIfAbsent(entry.owed().mail(), said -> {
            tables.mails().put(id, said);
            return id;
        });
        tables.mailUses().merge(mail, 1L, Long::sum);
        tables.owed().add(TimeKey.of(entry.createdAt(), id));
        keep(tables, id, StoredEntry.of(entry, mail));
    }

    @Override
    public Map<String, List<Addressee>> addresseesOf(String publication) {
        return database.read(tables -> {
            Map<String, List<Addressee>> found = new HashMap<>();
            entriesOf(tables, publication, "-").forEach((id, entry) -> found.put(id, entry.addressees()));
            return found;
        });
    }

    /** Returns the entries of a publication whose ids continue with {@code mark}. */
    private static Map<String, StoredEntry> entriesOf(OutboxTables tables, String publication, String mark) {
        String prefix = publication + mark;
        Map<String, StoredEntry> found = new HashMap<>();
        Cursor<String, StoredEntry> entries = tables.entries().cursor(prefix);
        while (entries.hasNext() && entries.next().startsWith(prefix)) {
            if (entries.getValue().publication(entries.getKey()).equals(publication)) {
                found.put(entries.getKey(), entries.getValue());
            }
        }
        return found;
    }

    @Override
    public Optional<OutboxEntry<OwedMail>> find(String publication, String notificationId) {
        return database.read(tables -> entriesOf(tables, publication, "-").entrySet().stream()
                .filter(entry -> entry.getValue().concerns(notificationId))
                .findFirst()
                .map(entry -> entry.getValue()
                        .with(
                                entry.getKey(),
                                tables.mails().get(entry.getValue().mail()))));
    }

    @Override
    public void present(Map<String, Set<String>> users, Instant at) {
        if (users.isEmpty()) {
            return;
        }
        Map<String, Set<String>> all = Map.copyOf(users);
        database.write(tables -> {
            all.forEach((publication, some) -> entriesOf(tables, publication, "-c")
                    .forEach((id, entry) -> {
                        if (entry.owed()) {
                            tables.entries().put(id, entry.withPresent(some, at));
                        }
                    }));
            return null;
        });
    }

    @Override
    public Optional<OutboxEntry<OwedMail>> claim(Instant now, Duration lease) {
        long nowMillis = now.toEpochMilli();
        Instant leaseEnd = inMillis(now.plus(lease));
        return database.write(tables -> {
            TimeKey due = tables.due().firstKey();
            while (due != null && due.millis() <= nowMillis) {
                tables.due().remove(due);
                StoredEntry entry = tables.entries().get(due.id());
                Mail mail = entry == null ? null : tables.mails().get(entry.mail());
                if (entry != null && mail != null) {
                    OutboxEntry<OwedMail> claimed = entry.with(due.id(), mail).claimedUntil(leaseEnd);
                    tables.leases().putIfAbsent(due.id(), due.millis());
                    keep(tables, due.id(), StoredEntry.of(claimed, entry.mail()));
                    return Optional.of(claimed);
                }
                LOG.log(System.Logger.Level.WARNING, "Mail {0} is damaged and will not be sent", due.id());
                due = tables.due().firstKey();
            }
            return Optional.empty();
        });
    }

    @Override
    public Optional<OutboxEntry<OwedMail>> renew(OutboxEntry<OwedMail> claimed, Instant leaseEnd) {
        Instant end = inMillis(leaseEnd);
        return database.write(tables -> {
            StoredEntry stored = tables.entries().get(claimed.id());
            if (!held(tables, stored, claimed)) {
                return Optional.empty();
            }
            tables.due().remove(TimeKey.of(claimed.dueAt(), claimed.id()));
            StoredEntry renewed = stored.dueAt(end);
            keep(tables, claimed.id(), renewed);
            return Optional.of(renewed.with(claimed.id(), claimed.owed().mail()));
        });
    }

    @Override
    public boolean settle(OutboxEntry<OwedMail> claimed, OutboxEntry<OwedMail> settled) {
        return database.write(tables -> {
            StoredEntry stored = tables.entries().get(claimed.id());
            if (!held(tables, stored, claimed)) {
                return false;
            }
            tables.due().remove(TimeKey.of(claimed.dueAt(), claimed.id()));
            tables.leases().remove(claimed.id());
            keep(
                    tables,
                    claimed.id(),
                    StoredEntry.of(settled, stored.mail())
                            .withoutThoseMissingIn(stored) // their users were erased meanwhile
                            .withPresentOf(stored));
            return true;
        });
    }

    @Override
    public OutboxStatus status() {
        return database.read(tables -> new OutboxStatus(
                tables.owed().size(),
                Optional.ofNullable(tables.owed().firstKey()).map(oldest -> Instant.ofEpochMilli(oldest.millis()))));
    }

    @Override
    public void forget(Instant before) {
        database.removeBefore(before, OutboxTables::settled, (tables, id) -> {
            StoredEntry entry = tables.entries().remove(id);
            if (entry != null) {
                forgetMail(tables, entry.mail());
            }
        });
    }

    /** Ends the leases of a process that died. */
    static void endLeases(OutboxTables tables) {
        for (String id : List.copyOf(tables.leases().keySet())) {
            StoredEntry claimed = tables.entries().get(id);
            Instant dueBefore = Instant.ofEpochMilli(tables.leases().remove(id));
            if (claimed != null) {
                tables.due().remove(TimeKey.of(claimed.dueAt(), id));
                keep(tables, id, claimed.dueAt(dueBefore));
            }
        }
    }

    /** Whether the claim still holds: every later claim or renewal changes the attempts or the lease. */
    private static boolean held(OutboxTables tables, StoredEntry stored, OutboxEntry<OwedMail> claimed) {
        return stored != null
                && tables.leases().containsKey(claimed.id())
                && stored.attempts() == claimed.attempts()
                && stored.dueAt().equals(claimed.dueAt());
    }

    private static void keep(OutboxTables tables, String id, StoredEntry entry) {
        tables.entries().put(id, entry);
        if (entry.owed()) {
            tables.due().add(TimeKey.of(entry.dueAt(), id));
        } else {
            tables.owed().remove(TimeKey.of(entry.createdAt(), id));
            tables.settled().add(TimeKey.of(entry.createdAt(), id));
        }
    }

    /** Removes an entry in whatever state it is; a claim of it is lost. */
    static void remove(OutboxTables tables, String id, StoredEntry entry) {
        tables.entries().remove(id);
        tables.leases().remove(id);
        tables.due().remove(TimeKey.of(entry.dueAt(), id));
        tables.owed().remove(TimeKey.of(entry.createdAt(), id));
        tables.settled().remove(TimeKey.of(entry.createdAt(), id));
        forgetMail(tables, entry.mail());
    }

    private static void forgetMail(OutboxTables tables, String mail) {
        Long uses = tables.mailUses().get(mail);
        long others = uses == null ? countUses(tables, mail) : uses - 1;
        if (others > 0) {
            tables.mailUses().put(mail, others);
        } else {
            tables.mailUses().remove(mail);
            tables.mails().remove(mail);
        }
    }

    /** For a damaged file, in which the number is missing. */
    private static long countUses(OutboxTables tables, String mail) {
        return tables.entries().values().stream()
                .filter(entry -> entry.mail().equals(mail))
                .count();
    }

    private static Instant inMillis(Instant time) {
        return Instant.ofEpochMilli(time.toEpochMilli());
    }
}
