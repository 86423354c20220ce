package org.wsnotify.notification;

/**
 * The store answered, but did not accept what it was given. It may accept something else, unlike a store that cannot be
 * reached.
 */
public class StoreRefusedException extends StoreUnavailableException {
    private static final long serialVersionUID = 1L;

    public StoreRefusedException(String what, Throwable cause) {
        super(what, cause);
    }
}
