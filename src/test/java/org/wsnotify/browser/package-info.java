/**
 * What a person sees: the demo page in a real browser, against a running server.
 *
 * <p>Belongs here: page objects and tests that need a browser. What can be said over HTTP or a WebSocket alone is
 * tested without one.
 */
package org.wsnotify.browser;
