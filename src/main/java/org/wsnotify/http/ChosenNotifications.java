package org.wsnotify.http;

import jakarta.json.JsonArray;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.wsnotify.notification.NotificationIds;

/**
 * The notifications that a request names: in JSON an array, in a form a list with commas.
 *
 * @param all whether all are meant
 */
record ChosenNotifications(List<String> ids, boolean all) {

    /** Most ids of one request. */
    static final int MOST = 1000;

    private static final String IDS = "ids";
    private static final String ALL = "all";
    private static final Set<String> NAMES = Set.of(IDS, PathUser.PARAMETER, ShownKey.PARAMETER);
    private static final Set<String> NAMES_WITH_ALL = Set.of(IDS, ALL, PathUser.PARAMETER, ShownKey.PARAMETER);
    private static final int MOST_FAULTS = 10;

    /**
     * @param user the parameter of the query that names the user, which is unknown in a body; empty if there is none
     * @throws ProblemException a parameter is missing, wrong or unknown
     */
    static ChosenNotifications read(Parameters parameters, Optional<String> user, boolean mayBeAll) {
        Faults faults = new Faults(MOST_FAULTS);
        if (parameters.value(PathUser.PARAMETER).isPresent()
                || !parameters.text(PathUser.PARAMETER).equals(user)) {
            faults.unknown(PathUser.PARAMETER);
        }
        parameters.checkNames(mayBeAll ? NAMES_WITH_ALL : NAMES, faults);
        boolean all = mayBeAll && new FieldReader(parameters, faults).flag(ALL);
        List<String> ids = parameters
                .value(IDS)
                .map(ChosenNotifications::ofJson)
                .orElseGet(() ->
                        parameters.text(IDS).map(ChosenNotifications::ofText).orElse(List.of()));
        boolean named = !ids.isEmpty() && ids.size() <= MOST && ids.stream().allMatch(NotificationIds::isId);
        if (all ? !ids.isEmpty() : !named) {
            faults.wrong(
                    IDS,
                    "must be 1 to " + MOST + " ids of notifications" + (mayBeAll ? ", or all=true without ids" : ""));
        }
        faults.refuseIfAny();
        return new ChosenNotifications(ids, all);
    }

    private static List<String> ofJson(JsonValue value) {
        return value instanceof JsonArray array
                ? array.stream()
                        .map(item -> item instanceof JsonString text ? text.getString() : "")
                        .toList()
                : List.of("");
    }

    private static List<String> ofText(String text) {
        return Arrays.stream(text.split(",", MOST + 1)).map(String::strip).toList();
    }
}
