/**
 * {@code POST /notify} by JAX-RS: who may call it, and what is read from a request.
 *
 * <p>What belongs here: the REST resources, API keys, and strict readers of parameters. What does not: what happens to
 * a publication ({@code delivery}), requests before they reach a resource ({@code servlet}), and the text of a problem
 * ({@code problem}).
 */
package org.wsnotify.http;
