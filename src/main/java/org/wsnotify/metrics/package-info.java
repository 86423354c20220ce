/** The meters at {@code /metrics} by MicroProfile Metrics. */
package org.wsnotify.metrics;
