/**
 * Where a caller comes from: addresses, ranges of addresses, and what the access filter determined about a client.
 *
 * <p>What belongs here: plain values about network addresses. What does not: reading headers ({@code servlet}), and
 * limits that count by address.
 */
package org.wsnotify.client;
