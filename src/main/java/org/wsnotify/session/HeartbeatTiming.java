package org.wsnotify.session;

import java.time.Duration;

/**
 * When a session is probed, and when it counts as too slow.
 *
 * @param interval between two probes of a session
 * @param sendTimeout how long one send may take
 */
public record HeartbeatTiming(Duration interval, Duration sendTimeout) {}
