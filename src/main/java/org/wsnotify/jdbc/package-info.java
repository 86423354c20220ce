/**
 * The users' table of a relational database as the {@link org.wsnotify.login.Authenticator}: the example that works as
 * it is.
 *
 * <p>What belongs here: SQL over a {@code javax.sql.DataSource} that the container manages, and the users of the demo.
 * What does not: drivers, pools, addresses of databases; comparing passwords ({@code org.wsnotify.password}, which it
 * uses).
 */
package org.wsnotify.jdbc;
