package org.wsnotify.outbox;

import java.time.Instant;
import java.util.Optional;

/**
 * What waits in the outbox.
 *
 * @param owed how many entries wait or are being sent
 * @param oldest when the oldest of them was owed
 */
public record OutboxStatus(long owed, Optional<Instant> oldest) {}
