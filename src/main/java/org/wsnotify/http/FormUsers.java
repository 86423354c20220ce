package org.wsnotify.http;

import jakarta.json.Json;
import jakarta.json.JsonBuilderFactory;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a list of users from a form in the notation of PHP and jQuery: {@code users[]=1}, {@code
 * users[0][id]=1&users[0][email]=a@example.org}.
 *
 * <p>An empty pair of brackets begins a new entry, as in PHP. Entries keep the order of the form. A number only says
 * which fields belong together, so a large one costs nothing. Used by one thread.
 */
final class FormUsers {

    private static final Pattern NAME = Pattern.compile("users\\[([0-9]{0,9})](?:\\[([^\\[\\]]*)])?");

    private static final JsonBuilderFactory BUILDERS = Json.createBuilderFactory(Map.of());

    private final Faults faults;
    private final Consumer<String> unknown;
    private final Map<Integer, String> ids = new LinkedHashMap<>();
    private final Map<Integer, Map<String, String>> objects = new LinkedHashMap<>();
    private int next;

    /** @param unknown takes the name of an unknown field */
    FormUsers(Faults faults, Consumer<String> unknown) {
        this.faults = faults;
        this.unknown = unknown;
    }

    /** Returns the entries; adds a fault for each field that is not in a list. */
    List<RecipientsReader.Entry> read(List<Parameters.Field> fields) {
        fields.forEach(this::add);
        if (!ids.isEmpty() && !objects.isEmpty()) {
            faults.wrong("users", "must be a list either of ids, users[]=1, or of users, users[0][id]=1");
        }
        List<RecipientsReader.Entry> entries = new ArrayList<>(ids.size() + objects.size());
        ids.forEach((place, id) -> entries.add(entry(place, string(id))));
        objects.forEach((place, members) -> entries.add(entry(place, object(members))));
        return entries;
    }

    private void add(Parameters.Field field) {
        Matcher name = NAME.matcher(field.name());
        if (!name.matches()) {
            faults.wrong(field.name(), "is not an entry of a list; send users[]=1 or users[0][id]=1");
            return;
        }
        String member = name.group(2);
        if (member != null && !RecipientsReader.MEMBERS.contains(member)) {
            unknown.accept(field.name());
            return;
        }
        int place = name.group(1).isEmpty() ? next : Integer.parseInt(name.group(1));
        next = Math.max(next, place + 1);
        if (member == null) {
            ids.put(place, field.value());
        } else {
            objects.computeIfAbsent(place, any -> new LinkedHashMap<>()).put(member, field.value());
        }
    }

    private static RecipientsReader.Entry entry(int place, JsonValue value) {
        return new RecipientsReader.Entry("users[" + place + "]", value);
    }

    private static JsonValue string(String text) {
        return BUILDERS.createArrayBuilder().add(text).build().get(0);
    }

    private static JsonValue object(Map<String, String> members) {
        JsonObjectBuilder object = BUILDERS.createObjectBuilder();
        members.forEach(object::add);
        return object.build();
    }
}
