/**
 * JSON Web Tokens (RFC 7519): checks those of clients, and makes those that back ends ask for.
 *
 * <p>What belongs here: everything that uses the Nimbus library. What does not: when a session ends with its token
 * ({@code session}), and who may ask for a token ({@code http}).
 */
package org.wsnotify.token;
