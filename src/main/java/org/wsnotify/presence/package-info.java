/**
 * Who is online, on any server, and which servers live.
 *
 * <p>What belongs here: {@link org.wsnotify.presence.Presence}, the lease of this node, the clock of the store, and the
 * ports {@link org.wsnotify.presence.NodeStore} and {@link org.wsnotify.presence.PresenceStore}. What does not: the
 * sessions of this server ({@code session}), and what servers tell each other ({@code relay}).
 */
package org.wsnotify.presence;
