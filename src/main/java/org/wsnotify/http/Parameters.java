package org.wsnotify.http;

import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The parameters of a request, wherever they stood: query, form, multipart or JSON body. The body wins over the query; of one that is given twice,
 * the first counts.
 */
final class Parameters {

    private final Map<String, String> texts = new HashMap<>();
    private final Map<String, JsonValue> values = new HashMap<>();

    void add(String name, String value) {
        if (!values.containsKey(name)) {
            texts.putIfAbsent(name, value);
        }
    }

    void add(JsonObject json) {
        json.forEach((name, value) -> {
            if (value instanceof JsonString text) {
                texts.putIfAbsent(name, text.getString());
            } else if (value != JsonValue.NULL) {
                values.putIfAbsent(name, value);
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
