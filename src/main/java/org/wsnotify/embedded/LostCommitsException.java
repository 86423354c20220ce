package org.wsnotify.embedded;

import org.wsnotify.notification.StoreUnavailableException;

/**
 * The file ends before what was acknowledged: a part of it was lost, or an older copy stands in its place. It was left
 * as it is.
 *
 * <p>{@link EmbeddedDatabase#openOlder} opens it nevertheless.
 */
public final class LostCommitsException extends StoreUnavailableException {
    private static final long serialVersionUID = 1L;

    LostCommitsException(String message) {
        super(message, null);
    }
}
