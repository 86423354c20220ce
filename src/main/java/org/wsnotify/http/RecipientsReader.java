package org.wsnotify.http;

import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.wsnotify.notification.Recipient;
import org.wsnotify.outbox.EmailAddress;

/** Makes recipients of the parameter {@code users}, and says of every entry what is wrong with it. Used for one request. */
final class RecipientsReader {

    private static final int USER_ID = 256;

    private final int most;
    private final BiConsumer<String, String> wrong;

    /**
     * @param most entries
     * @param wrong takes the name of a field and what is wrong with it
     */
    RecipientsReader(int most, BiConsumer<String, String> wrong) {
        this.most = most;
        this.wrong = wrong;
    }

    /** @param mailed whether a mail may be owed, so that everybody needs an address */
    List<Recipient> read(Parameters parameters, boolean mailed) {
        JsonValue users = parameters
                .value("users")
                .orElseGet(() -> fromText(parameters.text("users").orElse("")));
        if (users == JsonValue.NULL) {
            return List.of();
        }
        if (!(users instanceof JsonArray array)) {
            wrong.accept("users", "is a JSON array such as [{\"id\":1,\"email\":\"a@example.org\"}]");
            return List.of();
        }
        if (array.size() > most) {
            throw Problem.of(
                    ProblemCode.TOO_MANY_USERS,
                    "At most " + most + " users can be notified at once.",
                    List.of(new Problem.FieldError("users", "has " + array.size() + " entries")));
        }
        List<Recipient> recipients = new ArrayList<>(array.size());
        for (int i = 0; i < array.size(); i++) {
            recipient(array.get(i), "users[" + i + "]", mailed).ifPresent(recipients::add);
        }
        return recipients;
    }

    private static JsonValue fromText(String text) {
        if (text.isBlank()) {
            return JsonValue.NULL;
        }
        try {
            return ParameterReader.json(text);
        } catch (Problem e) {
            return JsonValue.FALSE;
        }
    }

    private Optional<Recipient> recipient(JsonValue entry, String field, boolean mailed) {
        if (!(entry instanceof JsonObject user)) {
            wrong.accept(field, "is a JSON object with id and email");
            return Optional.empty();
        }
        String id = userId(user.get("id"));
        if (id.isBlank() || id.length() > USER_ID || !PublicationReader.isText(id)) {
            wrong.accept(field + ".id", "is a whole number or a string of 1 to " + USER_ID + " characters");
            return Optional.empty();
        }
        String email = user.get("email") instanceof JsonString text ? text.getString() : "";
        if (mailed && !EmailAddress.isValid(email)) {
            wrong.accept(field + ".email", "is not an e-mail address, and a mail may be owed");
            return Optional.empty();
        }
        return Optional.of(new Recipient(id, mailed ? email : ""));
    }

    private static String userId(JsonValue id) {
        if (id instanceof JsonString text) {
            return text.getString();
        }
        return id instanceof JsonNumber number ? whole(number.bigDecimalValue()) : "";
    }

    /**
     * A number is its value, however it is written: {@code 1}, {@code 1.0} and {@code 1e0} are the user {@code "1"}, for publishers whose language has only
     * floating-point numbers. Written out only when that is short: {@code 1e999999999} is in the request too.
     */
    private static String whole(BigDecimal number) {
        BigDecimal value = number.stripTrailingZeros();
        long digits = (long) value.precision() - value.scale();
        return value.scale() <= 0 && digits <= USER_ID ? value.toPlainString() : "";
    }
}
