package org.wsnotify.outbox;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An outbox of a test that lets something happen right after each claim. */
record ClaimListener(Outbox outbox, Runnable afterClaim) implements Outbox {

    @Override
    public void owe(List<OutboxEntry> entries) {
        outbox.owe(entries);
    }

    @Override
    public Map<String, List<Addressee>> addresseesOf(String publication) {
        return outbox.addresseesOf(publication);
    }

    @Override
    public Optional<OutboxEntry> claim(Instant now, Duration lease) {
        Optional<OutboxEntry> claimed = outbox.claim(now, lease);
        afterClaim.run();
        return claimed;
    }

    @Override
    public Optional<OutboxEntry> renew(OutboxEntry claimed, Instant leaseEnd) {
        return outbox.renew(claimed, leaseEnd);
    }

    @Override
    public boolean settle(OutboxEntry claimed, OutboxEntry settled) {
        return outbox.settle(claimed, settled);
    }

    @Override
    public OutboxStatus status() {
        return outbox.status();
    }

    @Override
    public void forget(Instant before) {
        outbox.forget(before);
    }
}
