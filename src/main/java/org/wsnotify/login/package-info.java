/**
 * Who somebody is: the port {@link org.wsnotify.login.Authenticator}, which an installer may implement, and
 * {@link org.wsnotify.login.LoginService}, through which every transport logs in.
 *
 * <p>What belongs here: the limits on failed logins and on checks at once. What does not: where users are kept, how
 * passwords are stored, and what a client is told.
 */
package org.wsnotify.login;
