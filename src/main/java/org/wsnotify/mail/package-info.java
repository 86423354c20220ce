/**
 * What a mail is, and the only rules for it: addresses, domains, header text, content types.
 *
 * <p>What belongs here: values and rules that {@code http} applies before a mail is owed and {@code smtp} applies
 * before it is sent. What does not: which mail is owed to whom ({@code outbox}), and the protocol of mail servers
 * ({@code smtp}).
 */
package org.wsnotify.mail;
