package org.wsnotify.http;

import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The parameters of a request, wherever they stood: query, form, multipart or JSON body. Of one that is given twice in one place, the last counts,
 * as it did with the earlier server.
 */
final class Parameters {

    private final Map<String, String> texts = new HashMap<>();
    private final Map<String, JsonValue> values = new HashMap<>();

    void add(String name, String value) {
        texts.put(name, value);
    }

    /** A member that is null is none. */
    void add(JsonObject json) {
        json.forEach((name, value) -> {
            if (value instanceof JsonString text) {
                texts.put(name, text.getString());
            } else if (value != JsonValue.NULL) {
                values.put(name, value);
            }
        });
    }

    /** Adds what is given there and not here. */
    void addMissing(Parameters others) {
        others.texts.forEach((name, text) -> {
            if (!values.containsKey(name)) {
                texts.putIfAbsent(name, text);
            }
        });
    }

    /** A parameter given as text; empty when it is missing. */
    Optional<String> text(String name) {
        return Optional.ofNullable(texts.get(name));
    }

    /** A parameter given as JSON other than a string. */
    Optional<JsonValue> value(String name) {
        return Optional.ofNullable(values.get(name));
    }
}
