/**
 * The metrics at {@code /metrics}, by MicroProfile Metrics.
 *
 * <p>What belongs here: names, units and descriptions of metrics. What does not: when something is counted; the core
 * does that through {@code meter}.
 */
package org.wsnotify.metrics;
