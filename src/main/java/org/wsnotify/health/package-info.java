/**
 * The health checks at {@code /health}, by MicroProfile Health.
 *
 * <p>What belongs here: what each check reports, and when a server is taken out of service. What does not: how the
 * state is measured ({@code session}, {@code login}, {@code outbox}, and {@code config} for the store).
 */
package org.wsnotify.health;
