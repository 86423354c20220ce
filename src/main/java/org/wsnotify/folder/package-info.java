/**
 * Folders and files that only their owner may read.
 *
 * <p>The adapters that keep users' texts in files share it. Depends only on {@code java.nio.file}. What the files
 * contain does not belong here.
 */
package org.wsnotify.folder;
