package org.wsnotify.http;

/**
 * What {@link NotifyResource} needs to know. Immutable.
 *
 * @param access who may call
 * @param mostBytes of a body
 * @param limits of what a body says
 */
public record NotifySettings(PublisherAccess access, int mostBytes, PublicationReader.Limits limits) {

    /**
     * Makes the settings.
     *
     * @param mostUsers in one call
     * @param mostContent characters of a notification's content
     */
    public static NotifySettings of(PublisherAccess access, int mostBytes, int mostUsers, int mostContent) {
        return new NotifySettings(access, mostBytes, new PublicationReader.Limits(mostUsers, mostContent));
    }
}
