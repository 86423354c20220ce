/**
 * What the core counts and times for an operator: the port {@link org.wsnotify.meter.Meters}.
 *
 * <p>What belongs here: one method for each event that is counted. What does not: names and units of metrics ({@code
 * metrics}).
 */
package org.wsnotify.meter;
