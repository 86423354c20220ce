package org.wsnotify.outbox;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.wsnotify.notification.StoreUnavailableException;
import org.wsnotify.outbox.OutboxEntry.State;

/** An outbox in memory that fails when a test tells it, before or after it has stored something. */
public final class MemoryOutbox implements MailOutbox {

    /** When the store fails. */
    public enum Fails {
        NEVER,
        WITH_AN_ERROR,
        BEFORE_STORING,
        AFTER_STORING
    }

    private final Map<String, OutboxEntry<OwedMail>> entries = new LinkedHashMap<>();
    private final Map<String, Map<String, Instant>> present = new HashMap<>();
    private int reports;
    private Fails fails = Fails.NEVER;

    public synchronized void fails(Fails when) {
        fails = when;
    }

    public synchronized OutboxEntry<OwedMail> entry(String id) {
        return entries.get(id);
    }

    /** How often somebody was reported present. */
    public synchronized int reports() {
        return reports;
    }

    /** Who was reported present to an entry. */
    public synchronized Set<String> reported(String id) {
        return Set.copyOf(present.getOrDefault(id, Map.of()).keySet());
    }

    /** As if the entry had never been owed. */
    public synchronized void lose(String id) {
        entries.remove(id);
    }

    @Override
    public synchronized Optional<OutboxEntry<OwedMail>> find(String publication, String notificationId) {
        return all().stream()
                .filter(entry -> entry.owed().publication().equals(publication)
                        && entry.owed().addressees().stream()
                                .anyMatch(one -> one.notificationId()
                                        .filter(notificationId::equals)
                                        .isPresent()))
                .findFirst();
    }

    public synchronized List<OutboxEntry<OwedMail>> all() {
        return List.copyOf(entries.values());
    }

    @Override
    public synchronized void owe(List<OutboxEntry<OwedMail>> owed) {
        unavailableIf(Fails.BEFORE_STORING);
        owed.forEach(entry -> entries.putIfAbsent(entry.id(), entry));
        unavailableIf(Fails.AFTER_STORING);
    }

    @Override
    public synchronized Map<String, List<Addressee>> addresseesOf(String publication) {
        return entries.values().stream()
                .filter(entry -> entry.owed().publication().equals(publication))
                .collect(Collectors.toMap(OutboxEntry::id, entry -> entry.owed().addressees()));
    }

    @Override
    public synchronized void present(Map<String, Set<String>> users, Instant at) {
        unavailableIf(Fails.BEFORE_STORING);
        reports++;
        users.forEach((publication, some) -> entries.values().stream()
                .filter(entry -> entry.id().startsWith(publication + "-c") && entry.state() == State.OWED)
                .forEach(entry -> some.forEach(user -> present.computeIfAbsent(entry.id(), any -> new HashMap<>())
                        .putIfAbsent(user, at))));
        unavailableIf(Fails.AFTER_STORING);
    }

    @Override
    public synchronized Optional<OutboxEntry<OwedMail>> claim(Instant now, Duration lease) {
        unavailableIf(Fails.BEFORE_STORING);
        Optional<OutboxEntry<OwedMail>> due = entries.values().stream()
                .filter(entry -> entry.state() == State.OWED && !entry.dueAt().isAfter(now))
                .min(Comparator.comparing(OutboxEntry::dueAt))
                .map(entry -> entry.claimedUntil(now.plus(lease)));
        due.ifPresent(entry -> entries.put(entry.id(), entry));
        unavailableIf(Fails.AFTER_STORING);
        return due.map(this::withThePresent);
    }

    private OutboxEntry<OwedMail> withThePresent(OutboxEntry<OwedMail> entry) {
        Map<String, Instant> its = present.getOrDefault(entry.id(), Map.of());
        return entry.withOwed(entry.owed()
                .withAddressees(entry.owed().addressees().stream()
                        .map(one -> one.isWaiting() && its.containsKey(one.userId())
                                ? one.present(Optional.of(its.get(one.userId())))
                                : one)
                        .toList()));
    }

    @Override
    public synchronized Optional<OutboxEntry<OwedMail>> renew(OutboxEntry<OwedMail> claimed, Instant leaseEnd) {
        OutboxEntry<OwedMail> longer = claimed.retryAt(leaseEnd, claimed.lastAnswer());
        return settle(claimed, longer) ? Optional.of(longer) : Optional.empty();
    }

    @Override
    public synchronized boolean settle(OutboxEntry<OwedMail> claimed, OutboxEntry<OwedMail> settled) {
        unavailableIf(Fails.BEFORE_STORING);
        OutboxEntry<OwedMail> kept = entries.get(claimed.id());
        boolean ours = kept.state() == State.OWED
                && kept.attempts() == claimed.attempts()
                && kept.dueAt().equals(claimed.dueAt());
        if (ours) {
            entries.put(settled.id(), settled);
        }
        unavailableIf(Fails.AFTER_STORING);
        return ours;
    }

    @Override
    public synchronized OutboxStatus status() {
        List<OutboxEntry<OwedMail>> owed = entries.values().stream()
                .filter(entry -> entry.state() == State.OWED)
                .toList();
        return new OutboxStatus(
                owed.size(), owed.stream().map(OutboxEntry::createdAt).min(Comparator.naturalOrder()));
    }

    @Override
    public synchronized void forget(Instant before) {
        unavailableIf(Fails.BEFORE_STORING);
        entries.values()
                .removeIf(entry ->
                        entry.state() != State.OWED && entry.createdAt().isBefore(before));
    }

    private void unavailableIf(Fails when) {
        if (fails == Fails.WITH_AN_ERROR) {
            throw new OutOfMemoryError("of the test");
        }
        if (fails == when) {
            throw new StoreUnavailableException("the store of the test is down", null);
        }
    }
}
