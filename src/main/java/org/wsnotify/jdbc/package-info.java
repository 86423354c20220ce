/**
 * The {@link org.wsnotify.login.Authenticator} for users in a table of a relational database: an example that works
 * without changes.
 *
 * <p>SQL over a {@code javax.sql.DataSource} of the container and the users of the demo belong here. Drivers, pools and
 * addresses of databases do not. {@code org.wsnotify.password} compares the passwords.
 */
package org.wsnotify.jdbc;
