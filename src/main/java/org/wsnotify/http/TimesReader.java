package org.wsnotify.http;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.wsnotify.delivery.Publication;

/** Reads when a publication is to be delivered and when it expires. Used for one request. */
final class TimesReader {

    static final String DELIVER_AT = "deliver_at";
    static final String EXPIRES_AT = "expires_at";
    static final String EXPIRES_IN = "expires_in";

    /** How far ahead a publication may be scheduled. */
    static final Duration FARTHEST = Duration.ofDays(366);

    /** Says what is wrong with the end of a publication that has expired. */
    static final String TOO_EARLY = "must be later than the delivery";

    private static final Instant LAST = Instant.parse("9999-01-01T00:00:00Z");
    private static final int LONGEST = 64;
    private static final int MOST_SECONDS = 315_360_000;

    private final FieldReader fields;
    private final Faults faults;
    private final Instant now;
    private final boolean mayRepeat;
    private final List<String> given = new ArrayList<>();
    private boolean over;

    /**
     * @param now when the request came
     * @param mayRepeat whether it may repeat an earlier one, and so have expired
     */
    TimesReader(FieldReader fields, Faults faults, Instant now, boolean mayRepeat) {
        this.mayRepeat = mayRepeat;
        this.fields = fields;
        this.faults = faults;
        this.now = now.truncatedTo(ChronoUnit.MILLIS);
    }

    /** Returns when it is to be delivered. A time that has passed means at once. */
    Optional<Instant> deliverAt() {
        Optional<Instant> time = time(DELIVER_AT).filter(now::isBefore);
        if (time.filter(now.plus(FARTHEST)::isBefore).isPresent()) {
            faults.wrong(DELIVER_AT, "must be at most " + FARTHEST.toDays() + " days ahead");
        }
        return time;
    }

    /** Returns when it expires. Seconds count from its delivery. */
    Optional<Instant> expiresAt(Optional<Instant> deliverAt) {
        Instant delivered = deliverAt.orElse(now);
        Optional<Instant> time = time(EXPIRES_AT);
        Optional<Integer> seconds = seconds();
        if (time.isPresent() && seconds.isPresent()) {
            faults.wrong(EXPIRES_IN, "cannot be used together with " + EXPIRES_AT);
        }
        over = time.filter(end -> !end.isAfter(delivered)).isPresent();
        if (over && !mayRepeat) {
            faults.wrong(EXPIRES_AT, TOO_EARLY);
        }
        return time.or(() -> seconds.map(delivered::plusSeconds));
    }

    /** Returns the times for the publication, after both have been read. */
    Publication.Times times(Optional<Instant> deliverAt) {
        return given.isEmpty() ? Publication.Times.NONE : new Publication.Times(deliverAt, given, over);
    }

    private Optional<Instant> time(String name) {
        return text(name).flatMap(text -> {
            try {
                Instant time = OffsetDateTime.parse(text).toInstant().truncatedTo(ChronoUnit.MILLIS);
                if (time.isBefore(LAST) && time.isAfter(Instant.EPOCH)) {
                    return Optional.of(time);
                }
            } catch (DateTimeException e) {
                // reported below
            }
            faults.wrong(name, "must be a time with its offset (RFC 3339), such as 2030-01-31T09:00:00Z");
            return Optional.empty();
        });
    }

    private Optional<Integer> seconds() {
        return text(EXPIRES_IN).flatMap(text -> {
            if (text.matches("[0-9]{1,9}") && Integer.parseInt(text) >= 1 && Integer.parseInt(text) <= MOST_SECONDS) {
                return Optional.of(Integer.parseInt(text));
            }
            faults.wrong(EXPIRES_IN, "must be a whole number of seconds from 1 to " + MOST_SECONDS);
            return Optional.empty();
        });
    }

    private Optional<String> text(String name) {
        Optional<String> text = Optional.of(fields.text(name, LONGEST)).filter(some -> !some.isEmpty());
        text.ifPresent(some -> given.add(name + "=" + some));
        return text;
    }
}
