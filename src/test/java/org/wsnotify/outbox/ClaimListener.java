package org.wsnotify.outbox;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** An outbox that runs something after each claim. */
record ClaimListener(Outbox<OwedMail> outbox, Runnable afterClaim) implements Outbox<OwedMail> {

    @Override
    public void owe(List<OutboxEntry<OwedMail>> entries) {
        outbox.owe(entries);
    }

    @Override
    public Optional<OutboxEntry<OwedMail>> claim(Instant now, Duration lease) {
        Optional<OutboxEntry<OwedMail>> claimed = outbox.claim(now, lease);
        afterClaim.run();
        return claimed;
    }

    @Override
    public Optional<OutboxEntry<OwedMail>> renew(OutboxEntry<OwedMail> claimed, Instant leaseEnd) {
        return outbox.renew(claimed, leaseEnd);
    }

    @Override
    public boolean settle(OutboxEntry<OwedMail> claimed, OutboxEntry<OwedMail> settled) {
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
