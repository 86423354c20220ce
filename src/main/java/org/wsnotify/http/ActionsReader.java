package org.wsnotify.http;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.wsnotify.notification.Action;

/**
 * Reads the parameter {@code actions}, a JSON array or the text of one, and collects the faults of every entry. Used for
 * one request.
 */
final class ActionsReader {

    private static final String ACTIONS = "actions";
    private static final String LABEL = "label";
    private static final String URL = "url";
    private static final Set<String> MEMBERS = Set.of(LABEL, URL);

    private final Parameters parameters;
    private final FieldReader fields;
    private final Faults faults;
    private final int longestUrl;

    /** @param longestUrl most characters of a URL */
    ActionsReader(Parameters parameters, FieldReader fields, Faults faults, int longestUrl) {
        this.parameters = parameters;
        this.fields = fields;
        this.faults = faults;
        this.longestUrl = longestUrl;
    }

    /** @param strict refuses unknown members in a form, which are otherwise only reported */
    List<Action> read(boolean strict) {
        JsonValue value = parameters.value(ACTIONS).orElseGet(this::ofText);
        if (!(value instanceof JsonArray array) || !array.stream().allMatch(JsonObject.class::isInstance)) {
            faults.wrong(
                    ACTIONS, "must be a JSON array such as [{\"label\":\"Accept\",\"url\":\"https://example.org\"}]");
            return List.of();
        }
        if (array.size() > Action.MOST) {
            faults.wrong(ACTIONS, "must have at most " + Action.MOST + " entries");
            return List.of();
        }
        List<Action> actions = new ArrayList<>(array.size());
        for (int i = 0; i < array.size(); i++) {
            actions.add(action(ACTIONS + "[" + i + "]", array.getJsonObject(i), strict || parameters.isJson()));
        }
        return actions;
    }

    private JsonValue ofText() {
        String text = parameters.text(ACTIONS).orElse("");
        if (text.isBlank()) {
            return JsonValue.EMPTY_JSON_ARRAY;
        }
        try {
            return ParameterReader.json(text, BodyBounds.forUsers(0));
        } catch (ProblemException e) {
            return JsonValue.FALSE;
        }
    }

    private Action action(String field, JsonObject action, boolean refused) {
        faults.checkMembers(field, action, MEMBERS, refused);
        String label = required(field + "." + LABEL, action.get(LABEL), Action.LONGEST_LABEL);
        if (label.chars().anyMatch(Character::isISOControl)) {
            faults.wrong(field + "." + LABEL, "contains a control character");
        }
        return new Action(label, required(field + "." + URL, action.get(URL), longestUrl));
    }

    private String required(String field, JsonValue value, int most) {
        if (value == null
                || value == JsonValue.NULL
                || (value instanceof JsonString text && text.getString().isEmpty())) {
            faults.wrong(field, "is required");
            return "";
        }
        return fields.text(field, value, most);
    }
}
