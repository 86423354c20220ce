package org.wsnotify.http;

/**
 * How large a publication may be. Immutable.
 *
 * @param bodyBytes most bytes of a body
 * @param users most entries in {@code users}
 * @param contentCharacters most characters of {@code content}
 */
public record PublicationLimits(int bodyBytes, int users, int contentCharacters) {}
