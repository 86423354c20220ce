package org.wsnotify.notification;

/** Why a notification left the inbox. */
public enum RemovalReason {
    /** The user deleted it, or the application did so for the user. */
    DELETED,
    /** The publisher took it back. */
    RETRACTED,
    /** A newer notification of the same group took its place. */
    REPLACED,
    /** Its time had come. */
    EXPIRED
}
