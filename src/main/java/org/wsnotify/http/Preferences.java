package org.wsnotify.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The preferences of a publisher, from the header {@code Prefer} (RFC 7240): {@code return=minimal}, {@code
 * handling=strict} and {@code handling=lenient}. Ignores others. Immutable.
 *
 * @param minimal omits the recipients from the answer
 * @param handling {@code strict} or {@code lenient}, if one was asked for
 */
record Preferences(boolean minimal, Optional<String> handling) {

    private static final String STRICT = "strict";
    private static final String LENIENT = "lenient";

    /** @param headers the values of all {@code Prefer} headers; null for none */
    static Preferences parse(List<String> headers) {
        Map<String, String> given = new LinkedHashMap<>();
        for (String preference :
                String.join(",", headers == null ? List.of() : headers).split(",", -1)) {
            String[] parts = preference.split(";", 2)[0].split("=", 2);
            String value = parts.length > 1 ? parts[1].strip().replace("\"", "") : "";
            given.putIfAbsent(parts[0].strip().toLowerCase(Locale.ROOT), value.toLowerCase(Locale.ROOT));
        }
        return new Preferences(
                "minimal".equals(given.get("return")),
                Optional.ofNullable(given.get("handling"))
                        .filter(value -> value.equals(STRICT) || value.equals(LENIENT)));
    }

    boolean strict() {
        return handling.filter(STRICT::equals).isPresent();
    }

    /** Returns the value of {@code Preference-Applied}; empty if no preference was applied. */
    Optional<String> applied() {
        List<String> applied = new ArrayList<>();
        if (minimal) {
            applied.add("return=minimal");
        }
        handling.ifPresent(value -> applied.add("handling=" + value));
        return applied.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", applied));
    }
}
