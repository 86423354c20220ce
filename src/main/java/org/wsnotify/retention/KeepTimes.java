package org.wsnotify.retention;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How long notifications are kept, by type. Immutable.
 *
 * @param standard for types that are not named; empty for ever
 * @param byType for the types that are named
 */
public record KeepTimes(Optional<Duration> standard, Map<String, Duration> byType) {

    /** Everything is kept for ever. */
    public static final KeepTimes FOR_EVER = new KeepTimes(Optional.empty(), Map.of());

    private static final Pattern DAYS = Pattern.compile("([0-9]{1,5})d");

    public KeepTimes {
        byType = Map.copyOf(byType);
    }

    /**
     * Reads a text such as {@code 90d, chat=7d, alert=P365D}: a time for all types, and times for single ones.
     *
     * @throws IllegalArgumentException the text is malformed; the message completes a sentence about it
     */
    public static KeepTimes parse(String text) {
        Optional<Duration> standard = Optional.empty();
        Map<String, Duration> byType = new LinkedHashMap<>();
        for (String item : Arrays.stream(text.split(","))
                .map(String::strip)
                .filter(some -> !some.isEmpty())
                .toList()) {
            int equals = item.lastIndexOf('=');
            Duration time = duration(item.substring(equals + 1).strip());
            if (equals < 0 && standard.isEmpty()) {
                standard = Optional.of(time);
            } else if (equals < 0 || byType.put(item.substring(0, equals).strip(), time) != null) {
                throw new IllegalArgumentException("names the same type twice");
            }
        }
        return new KeepTimes(standard, byType);
    }

    private static Duration duration(String text) {
        var days = DAYS.matcher(text);
        try {
            Duration time = days.matches() ? Duration.ofDays(Long.parseLong(days.group(1))) : Duration.parse(text);
            if (!time.isNegative()) {
                return time;
            }
        } catch (DateTimeException e) {
            // reported below
        }
        throw new IllegalArgumentException("has an item that is not a time such as 90d, PT12H or chat=7d");
    }

    /** Returns the single rules: which types are kept how long. */
    Map<Types, Duration> rules() {
        Map<Types, Duration> rules = new LinkedHashMap<>();
        byType.forEach((type, time) -> rules.put(new Types(Set.of(type), Set.of()), time));
        standard.ifPresent(time -> rules.put(new Types(Set.of(), byType.keySet()), time));
        return rules;
    }

    /** Returns the times for people, such as {@code 90 days, chat 7 days}. */
    @Override
    public String toString() {
        return Stream.concat(
                        Stream.of(standard.map(KeepTimes::words).orElse("for ever")),
                        byType.entrySet().stream()
                                .sorted(Map.Entry.comparingByKey())
                                .map(entry -> entry.getKey() + " " + words(entry.getValue())))
                .collect(Collectors.joining(", "));
    }

    private static String words(Duration time) {
        boolean wholeDays = time.equals(Duration.ofDays(time.toDays()));
        return wholeDays ? time.toDays() + (time.toDays() == 1 ? " day" : " days") : time.toString();
    }
}
