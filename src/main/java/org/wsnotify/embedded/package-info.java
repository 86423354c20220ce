/**
 * The store ports on one file, for a single server that has no MongoDB: what runs without any configuration.
 *
 * <p>Here belong the file with its commits ({@link org.wsnotify.embedded.EmbeddedDatabase}), one adapter per port, and
 * how records become bytes. The only package that imports {@code org.h2.mvstore}; only what 2.2 and 2.3 have in common,
 * because a server may bring a copy of its own that comes first. No rule of the core belongs here.
 */
package org.wsnotify.embedded;
