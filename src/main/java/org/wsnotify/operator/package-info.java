/**
 * What back ends and operators may ask about single notifications.
 *
 * <p>What belongs here: answers that are put together from several stores. What does not: changes.
 */
package org.wsnotify.operator;
