package org.wsnotify.notification;

/** Whether a publication asked for a mail to a recipient, and whether it had an address for it. */
public enum MailIntent {
    /** No mail was requested. */
    NONE,
    /** A mail was requested, to a valid address. */
    REQUESTED,
    /** A mail was requested, but the publisher sent an invalid address. */
    INVALID,
    /** A mail was requested, but the publisher sent no address. */
    MISSING
}
