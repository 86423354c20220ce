/**
 * SHA-256, for every package that needs it.
 *
 * <p>Only digests of text belong here. What a digest is for stays with its user, and so do comparisons in constant time
 * and the hashes of passwords ({@code org.wsnotify.password}). Knows only {@code java}.
 */
package org.wsnotify.digest;
