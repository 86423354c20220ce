package org.wsnotify.http;

import java.util.Optional;
import java.util.Set;
import org.wsnotify.notification.NotificationIds;

/**
 * Which page of an inbox is asked for.
 *
 * @param before only what is older than this id; empty for the newest
 * @param unseen only what is unseen
 */
record InboxQuery(Optional<String> before, boolean unseen, int limit) {

    private static final String BEFORE = "before";
    private static final String UNSEEN = "unseen";
    private static final String LIMIT = "limit";
    private static final Set<String> NAMES = Set.of(BEFORE, UNSEEN, LIMIT, PathUser.PARAMETER, ShownKey.PARAMETER);
    private static final int STANDARD = 30;
    private static final int MOST = 100;
    private static final int MOST_FAULTS = 10;

    /** @throws ProblemException a parameter is wrong or unknown */
    static InboxQuery read(Parameters query) {
        Faults faults = new Faults(MOST_FAULTS);
        query.checkNames(NAMES, faults);
        Optional<String> before = query.text(BEFORE);
        if (before.filter(id -> !NotificationIds.isId(id)).isPresent()) {
            faults.wrong(BEFORE, "must be the id of a notification");
        }
        String limit = query.text(LIMIT).orElse(String.valueOf(STANDARD));
        boolean valid = limit.matches("[0-9]{1,3}") && Integer.parseInt(limit) >= 1 && Integer.parseInt(limit) <= MOST;
        if (!valid) {
            faults.wrong(LIMIT, "must be a whole number from 1 to " + MOST);
        }
        boolean unseen = new FieldReader(query, faults).flag(UNSEEN);
        faults.refuseIfAny();
        return new InboxQuery(before, unseen, Integer.parseInt(limit));
    }
}
