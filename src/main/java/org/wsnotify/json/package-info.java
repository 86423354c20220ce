/**
 * The JSON of what clients and back ends are both told: notifications, counts and times.
 *
 * <p>What belongs here: one form of each value. What does not: envelopes, which are in {@code wire}, and the answers of
 * single resources, which are in {@code http}.
 */
package org.wsnotify.json;
