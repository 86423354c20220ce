package org.wsnotify.channel;

/**
 * The bounds of one client's outgoing queue.
 *
 * @param frames how many frames may wait
 * @param characters how much text may wait
 * @param budget the memory that all queues share
 */
public record QueueLimits(int frames, long characters, OutgoingBudget budget) {}
