/**
 * What a mail is, and the rules for it: addresses, header text, the type of its text.
 *
 * <p>What belongs here: values and rules that {@code http} asks before a mail is owed and {@code smtp} asks before it
 * is sent. What does not: what is owed to whom ({@code outbox}), and how a mail server is spoken to ({@code smtp}).
 */
package org.wsnotify.mail;
