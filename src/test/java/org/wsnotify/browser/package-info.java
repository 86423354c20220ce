/**
 * What a person sees: the pages in a real browser, against a running server.
 *
 * <p>Belongs here: page objects and tests that need a browser. Does not belong here: anything that can be tested over
 * HTTP or a WebSocket alone.
 */
package org.wsnotify.browser;
