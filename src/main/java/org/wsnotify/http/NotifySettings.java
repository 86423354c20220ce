package org.wsnotify.http;

import java.util.List;

/**
 * What {@link NotifyResource} needs to know. Immutable.
 *
 * @param access who may call
 * @param keysConfigured whether callers need a key
 * @param mostBytes of a body
 * @param limits of what a body says
 */
public record NotifySettings(
        PublisherAccess access, boolean keysConfigured, long mostBytes, PublicationReader.Limits limits) {

    /**
     * Makes the settings.
     *
     * @param apiKeys who may call; none: only callers on this machine
     * @param mostUsers in one call
     * @param mostContent characters of a notification's content
     */
    public static NotifySettings of(List<String> apiKeys, long mostBytes, int mostUsers, int mostContent) {
        return new NotifySettings(
                new PublisherAccess(apiKeys),
                !apiKeys.isEmpty(),
                mostBytes,
                new PublicationReader.Limits(mostUsers, mostContent));
    }
}
