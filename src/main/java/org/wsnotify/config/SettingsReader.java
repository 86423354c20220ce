package org.wsnotify.config;

import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Reads typed values of settings. A value that cannot work is recorded as a fault, and the default is used instead,
 * until {@link #check} reports all faults at once. For one thread.
 */
final class SettingsReader {

    private static final Set<Setting> SECRETS = EnumSet.of(
            Setting.MONGODB_URI, Setting.RELAY_URI, Setting.API_KEYS, Setting.MAIL_PASSWORD, Setting.TOKEN_SECRET);

    private final Function<String, Optional<String>> source;
    private final List<String> faults = new ArrayList<>();

    /** @param source returns the value of a name, prefix included */
    SettingsReader(Function<String, Optional<String>> source) {
        this.source = source;
    }

    /** @throws SettingsException names all faults, if there are any */
    void check() {
        if (!faults.isEmpty()) {
            throw new SettingsException(faults);
        }
    }

    /** Records a fault that concerns more than one setting. */
    void fault(String sentence) {
        faults.add(sentence);
    }

    String text(Setting setting) {
        return given(setting).orElse(setting.standard());
    }

    /** @param otherwise completes the sentence about an invalid value, for example "is not a path" */
    String text(Setting setting, Predicate<String> valid, String otherwise) {
        return value(setting, text -> {
            if (!valid.test(text)) {
                throw new IllegalArgumentException(otherwise);
            }
            return text;
        });
    }

    Optional<String> optional(Setting setting) {
        return Optional.of(text(setting)).filter(value -> !value.isEmpty());
    }

    /** Returns the value without spaces around it; empty if it is not set. */
    Optional<String> given(Setting setting) {
        return source.apply(setting.key()).map(String::strip).filter(value -> !value.isEmpty());
    }

    /** @param type parses an item; the message of its IllegalArgumentException says what is wrong with the item */
    <T> List<T> list(Setting setting, Function<String, T> type) {
        return value(setting, text -> {
            try {
                return items(text).stream().map(type).toList();
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("has " + e.getMessage(), e);
            }
        });
    }

    private static List<String> items(String text) {
        return Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .filter(item -> !item.isEmpty())
                .toList();
    }

    /** @param otherwise the number if the setting has no value */
    int number(Setting setting, int least, int most, int otherwise) {
        return value(setting, text -> text.isEmpty() ? otherwise : number(text, least, most));
    }

    int number(Setting setting, int least, int most) {
        return value(setting, text -> number(text, least, most));
    }

    private static int number(String text, int least, int most) {
        String fault = "is not a whole number from " + least + " to " + most;
        try {
            int number = Integer.parseInt(text);
            if (number < least || number > most) {
                throw new IllegalArgumentException(fault);
            }
            return number;
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(fault, e);
        }
    }

    boolean flag(Setting setting) {
        return value(setting, text -> choice(text, List.of(true, false)));
    }

    /** Reads a constant, written in upper or lower case. */
    <E extends Enum<E>> E choice(Setting setting, Class<E> type) {
        return value(setting, text -> choice(text, List.of(type.getEnumConstants())));
    }

    private static <T> T choice(String text, List<T> choices) {
        return choices.stream()
                .filter(choice -> choice.toString().equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("is none of "
                        + choices.stream()
                                .map(choice -> choice.toString().toLowerCase(Locale.ROOT))
                                .collect(Collectors.joining(", "))));
    }

    Duration duration(Setting setting, Duration least, Duration most) {
        return value(setting, text -> {
            Duration duration = duration(text);
            if (duration.compareTo(least) < 0 || duration.compareTo(most) > 0) {
                throw new IllegalArgumentException("is not between " + least + " and " + most);
            }
            return duration;
        });
    }

    private static Duration duration(String text) {
        try {
            return Duration.parse(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("is not a duration such as PT30S", e);
        }
    }

    Path path(Setting setting) {
        return value(setting, text -> {
            try {
                return Path.of(text).toAbsolutePath();
            } catch (InvalidPathException e) {
                throw new IllegalArgumentException("is not a path", e);
            }
        });
    }

    List<String> origins(Setting setting) {
        return value(setting, text -> {
            List<String> origins = items(text);
            if (!origins.stream().allMatch(origin -> origin.equals("*") || isOrigin(origin))) {
                throw new IllegalArgumentException("has an item that is not an origin such as https://www.example.org");
            }
            return origins;
        });
    }

    private static boolean isOrigin(String text) {
        try {
            URI uri = URI.create(text);
            return uri.getHost() != null
                    && (uri.getPath() == null || uri.getPath().length() <= 1);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** @param type parses the text; the message of its IllegalArgumentException completes the sentence */
    <T> T value(Setting setting, Function<String, T> type) {
        try {
            return type.apply(text(setting));
        } catch (IllegalArgumentException e) {
            faults.add(sentence(setting, e.getMessage()));
            return type.apply(setting.standard());
        }
    }

    /** Omits values that may be secret, and keeps the others on one line. */
    private String sentence(Setting setting, String why) {
        String value = SECRETS.contains(setting) ? "" : "=" + text(setting).replaceAll("\\p{Cntrl}", "?");
        return "The setting " + setting.key() + value + " " + why + ".";
    }
}
