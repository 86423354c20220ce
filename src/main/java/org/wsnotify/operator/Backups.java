package org.wsnotify.operator;

import java.time.Duration;

/** Makes backups of the store while it is in use. Safe for use by many threads. */
public interface Backups {

    /**
     * Makes a backup with everything that was acknowledged before the call. May take a while.
     *
     * @throws BackupException there is none, and why
     */
    Backup make();

    /**
     * A backup that is complete.
     *
     * @param folder the name of its folder
     */
    record Backup(String folder, long bytes, Duration took) {}

    /** A backup could not be made. */
    final class BackupException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final Reason reason;

        /** Why there is no backup. */
        public enum Reason {
            /** No folder is set. */
            NOT_CONFIGURED,
            /** The store has backups of its own. */
            NOT_SUPPORTED,
            /** Another one is being made. */
            IN_PROGRESS,
            /** It failed. */
            FAILED
        }

        /** @param message one sentence for people */
        public BackupException(Reason reason, String message) {
            super(message);
            this.reason = reason;
        }

        /** Returns why. */
        public Reason reason() {
            return reason;
        }
    }
}
