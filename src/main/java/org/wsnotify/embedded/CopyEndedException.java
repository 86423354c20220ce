package org.wsnotify.embedded;

import org.wsnotify.notification.StoreUnavailableException;

/** The copying of the file was ended before the copy was complete, because the server stops. Nothing is wrong. */
final class CopyEndedException extends StoreUnavailableException {
    private static final long serialVersionUID = 1L;

    CopyEndedException() {
        super("The copying of the embedded store was ended early, because the server stops");
    }
}
