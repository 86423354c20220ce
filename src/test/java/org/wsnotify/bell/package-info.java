/** What the build makes of the sources in {@code src/main/bell}. */
package org.wsnotify.bell;
