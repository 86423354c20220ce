package org.wsnotify.it;

import jakarta.json.JsonObject;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What the store has for a user, as a device is told that joins now. */
record StoredInbox(Set<String> unseen, Bell.Unseen counts) {

    static StoredInbox of(TestServer server, String user) {
        try (Client client = Client.joined(server.socket(), user, Bell.PASSWORD)) {
            JsonObject joined = client.received("joined").get(0).getJsonObject("data");
            JsonObject answer = client.await("notification", envelope -> envelope.containsKey("page"));
            return new StoredInbox(Set.copyOf(Client.ids(answer)), Bell.Unseen.of(joined.getJsonObject("counts")));
        }
    }

    /** Returns the ids of everything that the user has not deleted. */
    static Set<String> everythingOf(TestServer server, String user) {
        Set<String> all = new TreeSet<>();
        try (Client client = Client.joined(server.socket(), user, Bell.PASSWORD)) {
            String last = "";
            List<String> page;
            do {
                client.forget();
                String cursor = last.isEmpty() ? "'page':0" : "'before':'" + last + "'";
                client.send("{'name':'content','data':{" + cursor + "}}");
                page = Client.ids(client.await(
                        "notification",
                        envelope -> envelope.containsKey("page")
                                && !envelope.getJsonObject("page").containsKey("unseen")));
                all.addAll(page);
                last = page.isEmpty() ? "" : page.get(page.size() - 1);
            } while (!page.isEmpty());
        }
        return all;
    }

    /** Returns how a device differs from this; empty if it does not. */
    String differenceTo(Bell bell) {
        Bell.Shown shown = bell.shown();
        if (shown.ids().equals(unseen) && shown.counts().equals(counts)) {
            return "";
        }
        return bell.user() + " is told " + shown.counts().total() + " and shows "
                + shown.ids().size() + " of "
                + unseen.size() + " unseen; missing " + without(unseen, shown.ids()) + ", too many "
                + without(shown.ids(), unseen);
    }

    private static Set<String> without(Set<String> some, Set<String> others) {
        return some.stream().filter(id -> !others.contains(id)).collect(Collectors.toCollection(TreeSet::new));
    }
}
