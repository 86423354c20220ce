/** What is counted and timed. Port {@link org.wsnotify.meter.Meters}. */
package org.wsnotify.meter;
