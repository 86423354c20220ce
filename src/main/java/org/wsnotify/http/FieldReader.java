package org.wsnotify.http;

import jakarta.json.JsonNumber;
import jakarta.json.JsonValue;
import java.util.Optional;
import java.util.Set;
import org.wsnotify.notification.WholeCharacters;

/** Reads single fields of one request as texts and as flags, and notes what is wrong with them. Used by one thread. */
final class FieldReader {

    private static final Set<String> TRUE = Set.of("1", "true", "True", "yes", "Yes");
    private static final int NUMBER = 256;
    private static final int HEADER = 128;

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

    /** Reads a text; empty when it is missing or wrong. */
    String text(String name, int most) {
        Optional<JsonValue> value = parameters.value(name);
        if (value.isPresent()) {
            if (value.get() instanceof JsonNumber number && number.toString().length() <= NUMBER) {
                return number.toString();
            }
            faults.wrong(name, "is a string");
            return "";
        }
        String text = parameters.text(name).orElse("");
        if (text.length() > most) {
            faults.wrong(name, "has at most " + most + " characters");
        } else if (!WholeCharacters.in(text)) {
            faults.wrong(name, "contains half a surrogate pair, which is not a character");
        }
        return text;
    }

    /** Reads what becomes part of a mail's header; empty when it is missing or wrong. */
    Optional<String> header(String name) {
        String value = line(name, HEADER);
        return Optional.of(value).filter(given -> !given.isEmpty());
    }

    /** Reads a text of one line; empty when it is missing or has more. */
    String line(String name, int most) {
        String text = text(name, most);
        if (text.chars().anyMatch(c -> c < ' ' || c == 0x7f || c == 0x85 || c == 0x2028 || c == 0x2029)) {
            faults.wrong(name, "must not contain line breaks or control characters");
            return "";
        }
        return text;
    }
}
