package org.wsnotify.notification;

/** The store could not be reached, or did not confirm in time. Repeating the call later is safe. */
public class StoreUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StoreUnavailableException(String what) {
        super(what);
    }

    public StoreUnavailableException(String what, Throwable cause) {
        super(what, cause);
    }
}
