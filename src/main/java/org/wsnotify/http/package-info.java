/** {@code POST /notify} by JAX-RS: who may call, what is read from the request, and every mistake as a problem (RFC 9457). */
package org.wsnotify.http;
