/**
 * What one server must tell the sessions on another.
 *
 * <p>What belongs here: {@link org.wsnotify.relay.Relay}, its events, and the port {@link org.wsnotify.relay.RelayLog}.
 * What does not: who is on which server ({@code presence}), and how sessions are told ({@code inbox}).
 */
package org.wsnotify.relay;
