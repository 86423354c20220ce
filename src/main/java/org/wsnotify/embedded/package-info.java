/**
 * The store ports on one file, for a single server without MongoDB: the default without any configuration.
 *
 * <p>The file with its commits ({@link org.wsnotify.embedded.EmbeddedDatabase}), one adapter per port with its tables,
 * and the bytes of the records belong here. Rules of the core do not. This is the only package that imports {@code
 * org.h2.mvstore}. It uses only what versions 2.2 and 2.3 have in common, because a server may load its own copy first.
 */
package org.wsnotify.embedded;
