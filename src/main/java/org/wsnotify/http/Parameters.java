package org.wsnotify.http;

import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The parameters of a request, from its query and from its form, multipart or JSON body.
 *
 * <p>If a parameter occurs twice in one place, the last value wins, as with the earlier server. Only {@code users}
 * keeps all its fields, since a form writes a list with them. Used by one thread.
 */
final class Parameters {

    private static final String USERS = "users";

    private final Map<String, String> texts = new HashMap<>();
    private final Map<String, JsonValue> values = new HashMap<>();
    private final List<Field> users = new ArrayList<>();
    private final Set<String> formNames = new LinkedHashSet<>();
    private final Set<String> jsonNames = new LinkedHashSet<>();
    private boolean json;

    /** A field of a form or query. */
    record Field(String name, String value) {}

    /** Adds a field of a form or query. */
    void add(String name, String value) {
        if (name.equals(USERS) || name.startsWith(USERS + "[")) {
            users.add(new Field(name, value));
        } else {
            formNames.add(name);
        }
        texts.put(name, value);
    }

    /** Adds the members of a JSON body. A member that is null counts as missing. */
    void add(JsonObject object) {
        json = true;
        jsonNames.addAll(object.keySet());
        object.forEach((name, value) -> {
            if (value instanceof JsonString text) {
                texts.put(name, text.getString());
            } else if (value != JsonValue.NULL) {
                values.put(name, value);
            }
        });
    }

    /** Adds the parameters that are given there and not here. */
    void addMissing(Parameters others) {
        boolean noUsers = users.isEmpty() && !texts.containsKey(USERS) && !values.containsKey(USERS);
        if (noUsers) {
            users.addAll(others.users);
        }
        others.texts.forEach((name, text) -> {
            if (!values.containsKey(name)) {
                texts.putIfAbsent(name, text);
            }
        });
        formNames.addAll(others.formNames);
    }

    /** Returns a parameter given as text; empty if there is none. */
    Optional<String> text(String name) {
        return Optional.ofNullable(texts.get(name));
    }

    /** Returns a parameter given as JSON other than a string; empty if there is none. */
    Optional<JsonValue> value(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /** Returns the fields of a form or query that make up {@code users}, in their order. */
    List<Field> users() {
        return users;
    }

    /** Whether the body was JSON. */
    boolean isJson() {
        return json;
    }

    /** Returns the names of the members of a JSON body. */
    Set<String> jsonNames() {
        return jsonNames;
    }

    /** Reports each name that is not known. The fields of {@code users} count as one name. */
    void checkNames(Set<String> known, Faults faults) {
        Set<String> names = new LinkedHashSet<>(jsonNames);
        names.addAll(formNames);
        if (!users.isEmpty()) {
            names.add(USERS);
        }
        names.removeAll(known);
        names.forEach(faults::unknown);
    }

    /** Returns the names in a form or query, without the fields of {@code users}. */
    Set<String> formNames() {
        return formNames;
    }
}
