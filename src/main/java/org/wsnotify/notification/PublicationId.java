package org.wsnotify.notification;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What a receipt names a publication by. It tells the ids of all notifications of the publication, which are
 * consecutive, so that nothing else need be stored. Immutable.
 *
 * @param first the id of the first notification
 * @param size how many notifications there are
 */
public record PublicationId(String first, int size) {

    /** The most notifications of a publication, whatever the settings. */
    public static final int MOST = 100_000;

    private static final Pattern FORM = Pattern.compile("([0-9a-f]{24})-([1-9][0-9]{0,5})");

    /** Returns the id that a text is; empty if it is none. */
    public static Optional<PublicationId> parse(String text) {
        Matcher form = FORM.matcher(text);
        return form.matches() && Integer.parseInt(form.group(2)) <= MOST
                ? Optional.of(new PublicationId(form.group(1), Integer.parseInt(form.group(2))))
                : Optional.empty();
    }

    /** Returns the ids of the notifications, in the order of the recipients. */
    public Stream<String> notifications() {
        return IntStream.range(0, size).mapToObj(place -> NotificationIds.plus(first, place));
    }

    /**
     * Returns which places of this publication a range of notifications has.
     *
     * @return the first place, and the one behind the last; the same if there are none
     */
    public int[] placesOf(PublicationId range) {
        if (!NotificationIds.nodeOf(first).equals(NotificationIds.nodeOf(range.first))) {
            return new int[] {0, 0};
        }
        long from = NotificationIds.places(first, range.first);
        int begin = (int) Math.max(0, Math.min(size, from));
        int end = (int) Math.max(begin, Math.min(size, from + range.size));
        return new int[] {begin, end};
    }

    /** Returns the form in which publishers see it. */
    @Override
    public String toString() {
        return first + "-" + size;
    }
}
