package org.wsnotify.outbox;

import java.time.Instant;
import java.util.Optional;

/**
 * How much waits in an outbox. Immutable.
 *
 * @param owed how many entries wait or are being sent
 * @param oldest when the oldest of them was owed; empty if there is none
 */
public record OutboxStatus(long owed, Optional<Instant> oldest) {}
