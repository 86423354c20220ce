/**
 * What a request is answered with when it fails: {@code application/problem+json} (RFC 9457).
 *
 * <p>What belongs here: the codes, what each means, and the one writer of the document. {@code docs/protocol.md} lists
 * exactly these codes. What does not: which request fails ({@code http}, {@code servlet}), and how an answer reaches
 * the client.
 */
package org.wsnotify.problem;
