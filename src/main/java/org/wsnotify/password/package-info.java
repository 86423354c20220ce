/**
 * Compares passwords with what a users' table holds: the only package that uses the hash libraries.
 *
 * <p>One class per family of hashes belongs here, each with a bound on the cost, and {@link
 * org.wsnotify.password.Passwords}, which chooses among them. Where the values are stored does not. The package is
 * separate from {@code jdbc} so that an installer's own {@link org.wsnotify.login.Authenticator} can use it with any
 * store. {@code jdbc} is the only adapter that may use it.
 */
package org.wsnotify.password;
