/**
 * Compares a password with what a users' table holds: the one home of the hashing libraries.
 *
 * <p>What belongs here: one small class for each family of hashes, with a bound on the cost that a stored value may ask
 * for, and {@link org.wsnotify.password.Passwords}, which chooses among them. What does not: where the values are kept.
 * It stands apart from {@code jdbc} so that an installer's own {@link org.wsnotify.login.Authenticator} can use it over
 * any other store; {@code jdbc} is the only adapter that may use it.
 */
package org.wsnotify.password;
