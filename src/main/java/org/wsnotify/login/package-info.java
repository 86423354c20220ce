/**
 * Who a client is: the port {@link org.wsnotify.login.Authenticator}, which installers may implement, and {@link
 * org.wsnotify.login.LoginService}, through which every transport logs in.
 *
 * <p>What belongs here: credentials and results, the limits of failed logins and of simultaneous checks. What does not:
 * where users are stored, how passwords are hashed, and what a client is answered.
 */
package org.wsnotify.login;
