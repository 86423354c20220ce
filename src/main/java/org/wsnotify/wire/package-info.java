/**
 * Envelopes as JSON, in both directions: the one home of the wire format.
 *
 * <p>What belongs here: reading and writing JSON for clients, and opening a session on each new channel. What does not:
 * frames ({@code websocket}, {@code sockjs}), and how a request is answered ({@code conversation}).
 */
package org.wsnotify.wire;
