package org.wsnotify.session;

import java.time.Duration;
import java.time.Instant;

/**
 * When the login of a session ends, and whether its client was told. Not safe for use by several threads.
 *
 * <p>The client is told two minutes before, or at half of a shorter time.
 */
final class LoginEnd {

    private static final Duration NOTICE = Duration.ofMinutes(2);

    private final Instant end;
    private final Instant notice;
    private boolean told;

    LoginEnd(Instant end, Instant now) {
        this.end = end;
        Duration half = Duration.between(now, end).dividedBy(2);
        this.notice = end.minus(half.compareTo(NOTICE) < 0 ? half : NOTICE);
    }

    Instant end() {
        return end;
    }

    boolean isOver(Instant now) {
        return !now.isBefore(end);
    }

    /** Returns whether the client is to be told now; once. */
    boolean isToBeTold(Instant now) {
        if (told || now.isBefore(notice)) {
            return false;
        }
        told = true;
        return true;
    }
}
