package org.wsnotify.http;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.wsnotify.mail.EmailAddress;
import org.wsnotify.notification.Recipient;
import org.wsnotify.notification.UserIds;
import org.wsnotify.problem.Problem;
import org.wsnotify.problem.ProblemCode;

/**
 * Reads the recipients from the parameter {@code users}, and collects the faults of every entry.
 *
 * <p>An invalid id is always a fault. A missing or invalid address is a fault only with strict handling. Used for one
 * request.
 */
final class RecipientsReader {

    /** The members of an entry. */
    static final Set<String> MEMBERS = Set.of("id", "email");

    private static final String USERS = "users";

    /** @param field the name of the entry in a problem */
    record Entry(String field, JsonValue value) {}

    private final int most;
    private final boolean strict;
    private final Faults faults;

    /** @param most entries */
    RecipientsReader(int most, boolean strict, Faults faults) {
        this.most = most;
        this.strict = strict;
        this.faults = faults;
    }

    /** @param mailed whether a mail may be owed, so addresses are read */
    List<Recipient> read(Parameters parameters, boolean mailed) {
        List<Entry> entries = entries(parameters);
        if (entries.size() > most) {
            throw new ProblemException(
                    ProblemCode.TOO_MANY_USERS,
                    "At most " + most + " users can be notified at once.",
                    List.of(new Problem.FieldError(USERS, "has " + entries.size() + " entries")));
        }
        List<Recipient> recipients = new ArrayList<>(entries.size());
        for (Entry entry : entries) {
            if (entry.value() instanceof JsonObject user) {
                faults.checkMembers(entry.field(), user, MEMBERS, strict || parameters.isJson());
            }
            recipient(entry, mailed).ifPresent(recipients::add);
        }
        return recipients;
    }

    private List<Entry> entries(Parameters parameters) {
        Optional<JsonValue> value = parameters.value(USERS);
        if (value.isPresent()) {
            return array(value.get());
        }
        List<Parameters.Field> fields = parameters.users();
        if (fields.stream().anyMatch(field -> !field.name().equals(USERS))) {
            if (fields.stream().anyMatch(field -> field.name().equals(USERS))) {
                faults.wrong(USERS, "is given both as JSON and as a list of fields; send one of them");
                return List.of();
            }
            return new FormUsers(faults, strict ? faults::unknown : faults::ignored).read(fields);
        }
        if (fields.size() > 1) {
            faults.wrong(USERS, "is given " + fields.size() + " times; send users[]=1&users[]=2 or one JSON array");
            return List.of();
        }
        return text(parameters);
    }

    /** A form without users notifies nobody, as with the earlier server. JSON must say so with an empty array. */
    private List<Entry> text(Parameters parameters) {
        String text = parameters.text(USERS).orElse("");
        if (!text.isBlank()) {
            return array(json(text));
        }
        if (parameters.isJson()) {
            faults.wrong(USERS, "is required; [] notifies nobody");
        }
        return List.of();
    }

    private JsonValue json(String text) {
        try {
            return ParameterReader.json(text, BodyBounds.forUsers(most));
        } catch (ProblemException e) {
            return JsonValue.FALSE;
        }
    }

    private List<Entry> array(JsonValue users) {
        if (users instanceof JsonArray array) {
            return IntStream.range(0, array.size())
                    .mapToObj(i -> new Entry(USERS + "[" + i + "]", array.get(i)))
                    .toList();
        }
        faults.wrong(USERS, "must be a JSON array such as [{\"id\":1,\"email\":\"a@example.org\"}] or [1,2]");
        return List.of();
    }

    private Optional<Recipient> recipient(Entry entry, boolean mailed) {
        Optional<JsonObject> user = entry.value() instanceof JsonObject object ? Optional.of(object) : Optional.empty();
        String id = UserIdReader.of(user.map(object -> object.get("id")).orElse(entry.value()));
        if (!UserIds.isValid(id)) {
            faults.wrong(
                    user.map(object -> entry.field() + ".id").orElse(entry.field()),
                    "needs an id: " + UserIdReader.RULE);
            return Optional.empty();
        }
        String email = mailed ? user.map(RecipientsReader::email).orElse("") : "";
        if (mailed && strict && !EmailAddress.isValid(email)) {
            faults.wrong(entry.field() + ".email", email.isBlank() ? "is missing" : "is not an e-mail address");
        }
        return Optional.of(new Recipient(id, email));
    }

    /** Returns the address as given. A value other than a string becomes an invalid address. */
    private static String email(JsonObject user) {
        JsonValue email = user.getOrDefault("email", JsonValue.NULL);
        if (email instanceof JsonString text) {
            return text.getString();
        }
        return email == JsonValue.NULL ? "" : email.toString();
    }
}
