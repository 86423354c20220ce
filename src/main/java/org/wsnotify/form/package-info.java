/**
 * The one decoder of {@code application/x-www-form-urlencoded}, for bodies, queries and paths.
 *
 * <p>What belongs here: strict decoding of percent signs and UTF-8, in plain Java. What does not: what a field means,
 * how many there may be, and how a client is told of an error ({@code http}, {@code servlet}, {@code sockjs}).
 */
package org.wsnotify.form;
