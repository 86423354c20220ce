/**
 * {@code POST /notify} by JAX-RS: who may call, what is read from the request, and every mistake as a problem (RFC
 * 9457).
 *
 * <p>What belongs here: the REST resources and the strict readers of their parameters. What does not: what happens to a
 * publication ({@code delivery}), and requests before they reach a resource ({@code servlet}).
 */
package org.wsnotify.http;
