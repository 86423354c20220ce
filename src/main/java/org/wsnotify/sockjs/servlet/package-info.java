/**
 * SockJS over HTTP in a servlet container.
 *
 * <p>What belongs here: the servlet API, and responses written without blocking, with the differences between servers.
 * What does not: what a request means and which frames answer it ({@code sockjs}).
 */
package org.wsnotify.sockjs.servlet;
