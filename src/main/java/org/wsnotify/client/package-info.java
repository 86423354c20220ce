/**
 * Where a caller comes from: addresses, ranges of addresses, and what the entrance found out about a client.
 *
 * <p>What belongs here: plain values about network addresses. What does not: reading headers ({@code servlet}), limits
 * that count by address (each where it is held).
 */
package org.wsnotify.client;
