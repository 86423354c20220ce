package org.wsnotify.embedded;

import java.util.List;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.MVMap;

/**
 * Fills the tables that files before format 5 do not have, in steps that fit into memory.
 *
 * <p>It begins with empty tables each time, because an earlier server may have changed the file after an upgrade that
 * was stopped. The keys of an index are entered in their order: for that, the table they come from is read once for
 * each step. For one thread.
 */
final class FileUpgrade {

    private static final int ENTRIES_PER_STEP = 100_000;

    private final InboxTables tables;
    private final int entriesPerStep;
    private final Runnable commit;

    private FileUpgrade(InboxTables tables, int entriesPerStep, Runnable commit) {
        this.tables = tables;
        this.entriesPerStep = entriesPerStep;
        this.commit = commit;
    }

    /**
     * Fills the tables.
     *
     * @param commit commits a step
     */
    static void run(InboxTables tables, Runnable commit) {
        run(tables, ENTRIES_PER_STEP, commit);
    }

    static void run(InboxTables tables, int entriesPerStep, Runnable commit) {
        FileUpgrade upgrade = new FileUpgrade(tables, entriesPerStep, commit);
        upgrade.empty();
        upgrade.fill(tables.seenAge(), upgrade::keysOfSeen);
        upgrade.fill(tables.deletedAge(), upgrade::keysOfDeleted);
        upgrade.countUses();
    }

    private void empty() {
        for (MVMap<?, ?> table :
                List.of(tables.seenAge().map(), tables.deletedAge().map(), tables.messageUses())) {
            table.clear();
        }
        commit.run();
    }

    private void fill(TimeIndex index, Consumer<Step> keys) {
        Step step = new Step(null);
        do {
            step = new Step(step.last());
            keys.accept(step);
            step.earliest.forEach(index::add);
            commit.run();
        } while (step.isFull());
    }

    private void keysOfSeen(Step step) {
        Cursor<InboxKey, KeptState> all = tables.kept().cursor(null);
        while (all.hasNext()) {
            InboxKey key = all.next();
            all.getValue().seenAt().ifPresent(when -> step.offer(TimeKey.of(when, key.id())));
        }
    }

    private void keysOfDeleted(Step step) {
        Cursor<InboxKey, DeletedState> all = tables.deleted().cursor(null);
        while (all.hasNext()) {
            InboxKey key = all.next();
            step.offer(TimeKey.of(all.getValue().deletedAt(), key.id()));
        }
    }

    /** A message has the id of its first notification, so its uses are near each other. */
    private void countUses() {
        int counted = 0;
        Cursor<String, StoredNotification> all = tables.notifications().cursor(null);
        while (all.hasNext()) {
            all.next();
            tables.messageUses().merge(all.getValue().message(), 1L, Long::sum);
            if (++counted % entriesPerStep == 0) {
                commit.run();
            }
        }
    }

    /** The earliest of the offered keys that are after the last step. */
    private final class Step {

        private final TimeKey after;
        private final TreeSet<TimeKey> earliest = new TreeSet<>();

        /** @param after the last key of the step before; null at the begin */
        Step(TimeKey after) {
            this.after = after;
        }

        void offer(TimeKey key) {
            if ((after == null || key.compareTo(after) > 0) && (!isFull() || key.compareTo(earliest.last()) < 0)) {
                earliest.add(key);
                if (earliest.size() > entriesPerStep) {
                    earliest.pollLast();
                }
            }
        }

        boolean isFull() {
            return earliest.size() == entriesPerStep;
        }

        TimeKey last() {
            return earliest.isEmpty() ? null : earliest.last();
        }
    }
}
