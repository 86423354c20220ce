/**
 * What every request passes before a resource sees it, and the pages that are not files.
 *
 * <p>What belongs here: who may connect from where, refusals before any resource, headers of pages, error pages, and
 * limits on the server's own log. What does not: what a resource does ({@code http}, {@code sockjs.servlet}), and the
 * text of a problem ({@code problem}).
 */
package org.wsnotify.servlet;
