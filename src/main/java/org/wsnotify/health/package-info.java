/** The health checks at {@code /health} by MicroProfile Health. */
package org.wsnotify.health;
