package org.wsnotify.login;

import java.time.Duration;

/** One attempt to log in, as far as earlier failures limit it. Safe for use by many threads. */
interface Attempt {

    /** An attempt that no failure limits. */
    Attempt UNLIMITED = new Attempt() {
        @Override
        public Duration waiting() {
            return Duration.ZERO;
        }

        @Override
        public void succeeded() {}

        @Override
        public void failed() {}
    };

    /** Returns how long the attempt is refused unchecked; zero if it is checked. */
    Duration waiting();

    void succeeded();

    void failed();
}
