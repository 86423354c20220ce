package org.wsnotify.config;

import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** Reads typed values of settings; a wrong one is a {@link SettingsException} that names the setting. */
final class SettingsReader {

    private final Function<String, Optional<String>> source;

    /** @param source the value of a name with its prefix */
    SettingsReader(Function<String, Optional<String>> source) {
        this.source = source;
    }

    String text(Setting setting) {
        return source.apply(setting.key())
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .orElse(setting.standard());
    }

    Optional<String> optional(Setting setting) {
        return Optional.of(text(setting)).filter(value -> !value.isEmpty());
    }

    /** @param type makes a value of an item; its IllegalArgumentException says what the item is instead */
    <T> List<T> list(Setting setting, Function<String, T> type) {
        try {
            return list(setting).stream().map(type).toList();
        } catch (IllegalArgumentException e) {
            throw wrong(setting, "has " + e.getMessage());
        }
    }

    private List<String> list(Setting setting) {
        return Arrays.stream(text(setting).split(",", -1))
                .map(String::strip)
                .filter(item -> !item.isEmpty())
                .toList();
    }

    /** @param otherwise what holds where no value is given */
    int number(Setting setting, int least, int most, int otherwise) {
        return text(setting).isEmpty() ? otherwise : number(setting, least, most);
    }

    int number(Setting setting, int least, int most) {
        try {
            int number = Integer.parseInt(text(setting));
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw wrong(setting, "is not a whole number from " + least + " to " + most);
        }
        throw wrong(setting, "is not a whole number from " + least + " to " + most);
    }

    boolean flag(Setting setting) {
        return choice(setting, "true", "false").equals("true");
    }

    String choice(Setting setting, String... choices) {
        String given = text(setting).toLowerCase(Locale.ROOT);
        if (List.of(choices).contains(given)) {
            return given;
        }
        throw wrong(setting, "is none of " + String.join(", ", choices));
    }

    Duration duration(Setting setting, Duration least, Duration most) {
        try {
            Duration duration = Duration.parse(text(setting));
            if (duration.compareTo(least) >= 0 && duration.compareTo(most) <= 0) {
                return duration;
            }
        } catch (DateTimeException e) {
            throw wrong(setting, "is not a duration such as PT30S");
        }
        throw wrong(setting, "is not between " + least + " and " + most);
    }

    Path path(Setting setting) {
        try {
            return Path.of(text(setting)).toAbsolutePath();
        } catch (InvalidPathException e) {
            throw wrong(setting, "is not a path");
        }
    }

    List<String> origins(Setting setting) {
        List<String> origins = list(setting);
        for (String origin : origins) {
            if (!origin.equals("*") && !isOrigin(origin)) {
                throw wrong(setting, "has something that is not an origin such as https://www.example.org");
            }
        }
        return origins;
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

    /** Values are not shown where they may be secret. */
    SettingsException wrong(Setting setting, String why) {
        boolean secret =
                setting == Setting.MONGODB_URI || setting == Setting.API_KEYS || setting == Setting.MAIL_PASSWORD;
        return new SettingsException(
                "The setting " + setting.key() + (secret ? "" : "=" + text(setting)) + " " + why + ".");
    }
}
