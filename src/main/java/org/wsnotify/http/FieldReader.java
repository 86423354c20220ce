package org.wsnotify.http;

import jakarta.json.JsonNumber;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.wsnotify.notification.WholeCharacters;

/** Reads single fields of one request as texts and flags, and collects their faults. Used by one thread. */
final class FieldReader {

    private static final Set<String> TRUE = Set.of("1", "true", "True", "yes", "Yes");
    private static final int NUMBER = 256;

    private final Parameters parameters;
    private final Faults faults;

    FieldReader(Parameters parameters, Faults faults) {
        this.parameters = parameters;
        this.faults = faults;
    }

    boolean flag(String name) {
        Optional<JsonValue> value = parameters.value(name);
        return value.isPresent()
                ? value.get() == JsonValue.TRUE || value.get().toString().equals("1")
                : TRUE.contains(parameters.text(name).orElse(""));
    }

    /** Reads a text; returns an empty one if it is missing or not a text. */
    String text(String name, int most) {
        Optional<JsonValue> value = parameters.value(name);
        return value.isPresent()
                ? text(name, value.get(), most)
                : text(name, parameters.text(name).orElse(""), most);
    }

    /** Reads a JSON value as a text, as if it were a parameter. */
    String text(String field, JsonValue value, int most) {
        if (value instanceof JsonString string) {
            return text(field, string.getString(), most);
        }
        if (value instanceof JsonNumber number && number.toString().length() <= NUMBER) {
            return number.toString();
        }
        faults.wrong(field, "must be a string");
        return "";
    }

    private String text(String field, String text, int most) {
        if (text.length() > most) {
            faults.wrong(field, "must have at most " + most + " characters");
        } else if (!WholeCharacters.in(text)) {
            faults.wrong(field, "contains half a surrogate pair, which is not a character");
        }
        return text;
    }

    /** Reads a text that must follow a rule; returns the fallback if it is missing or wrong. */
    String valid(String name, String fallback, Predicate<String> rule, String message) {
        String text = text(name, Integer.MAX_VALUE);
        if (text.isEmpty()) {
            return fallback;
        }
        if (!rule.test(text)) {
            faults.wrong(name, message);
            return fallback;
        }
        return text;
    }
}
