package org.wsnotify.retention;

import java.time.Instant;

/**
 * How far a walk through notifications in the order of some time has come. Immutable.
 *
 * @param at the time of the notification that was examined last
 * @param id its id; a store may examine others of the same time again
 */
public record AgePosition(Instant at, String id) {}
