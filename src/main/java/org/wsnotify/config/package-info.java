/** The settings, and the one place that puts everything together, starts it and stops it. */
package org.wsnotify.config;
