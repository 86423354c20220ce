package org.wsnotify.embedded;

import org.wsnotify.notification.StoreUnavailableException;

/**
 * The file lacks acknowledged changes: a part of it was lost, or an older copy replaced it. It stays unchanged.
 *
 * <p>{@link EmbeddedDatabase#openOlder} opens it anyway.
 */
public final class LostCommitsException extends StoreUnavailableException {
    private static final long serialVersionUID = 1L;

    LostCommitsException(String message) {
        super(message, null);
    }
}
