/**
 * Folders and files that only their owner may read.
 *
 * <p>The adapters that keep texts of users in files share it. Uses nothing but {@code java.nio.file}; what the files
 * contain does not belong here.
 */
package org.wsnotify.folder;
