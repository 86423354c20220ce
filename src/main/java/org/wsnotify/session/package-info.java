/**
 * Who is connected to this server: the registry of sessions, and what clients and server say to each other.
 *
 * <p>What belongs here: sessions of users, their membership, heartbeats and quotas; {@link
 * org.wsnotify.session.Envelope} and {@link org.wsnotify.session.ClientMessage}. What does not: how text travels
 * ({@code channel}), its JSON ({@code wire}), and the answers to requests ({@code conversation}).
 */
package org.wsnotify.session;
