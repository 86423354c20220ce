package org.wsnotify.meter;

import java.time.Duration;

/** Counts events for an operator. Never throws or blocks. Safe for use by many threads. */
public interface Meters {

    /** Counts nothing. */
    Meters NONE = new Meters() {
        @Override
        public void stored(int notifications) {}

        @Override
        public void pushed(int envelopes) {}

        @Override
        public void slowSessionClosed() {}

        @Override
        public void mail(MailOutcome outcome, int recipients) {}

        @Override
        public void published(Duration took) {}
    };

    /** What happened to the mail of one recipient. */
    enum MailOutcome {
        SENT,
        REFUSED,
        PRESENT,
        SEEN,
        RETRACTED,
        RETRIED,
        DEAD
    }

    /** Notifications were stored. */
    void stored(int notifications);

    /** Notifications were queued to open sessions. */
    void pushed(int envelopes);

    /** A session was closed because it could not keep up. */
    void slowSessionClosed();

    /** Recipients of mails had an outcome. */
    void mail(MailOutcome outcome, int recipients);

    /** A publication was answered. */
    void published(Duration took);
}
