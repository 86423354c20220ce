/**
 * What an operator can measure: the port {@link org.wsnotify.meter.Meters}, with which the core counts and times events,
 * and {@link org.wsnotify.meter.StoreGauge} for what a store holds.
 *
 * <p>What belongs here: one method for each event that is counted, and how a store is asked regularly. What does not:
 * names and units of metrics ({@code metrics}).
 */
package org.wsnotify.meter;
