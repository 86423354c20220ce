package org.wsnotify.wire;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParserFactory;
import java.io.StringReader;
import java.math.BigDecimal;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.wsnotify.login.Credentials;
import org.wsnotify.login.PasswordCredentials;
import org.wsnotify.login.TokenCredentials;
import org.wsnotify.notification.NotificationIds;
import org.wsnotify.notification.WholeCharacters;
import org.wsnotify.session.BadMessageException;
import org.wsnotify.session.ClientMessage;

/**
 * Reads the messages of clients. Every input may be hostile: an invalid one ends in an exception that carries the
 * answer.
 *
 * <p>Safe for use by many threads.
 */
public final class ClientMessageReader {

    /** The most ids in one {@code seen} or {@code delete}. */
    public static final int MOST_IDS = 1000;

    private static final BigDecimal FEWEST_CHARACTERS = BigDecimal.valueOf(1024);
    private static final BigDecimal MOST_CHARACTERS = BigDecimal.valueOf(1_048_576);
    private static final int LONGEST_NAME = 40;
    private static final JsonParserFactory PARSERS = Json.createParserFactory(Map.of());

    private ClientMessageReader() {}

    /** Reads an envelope. */
    public static ClientMessage read(String text) throws BadMessageException {
        JsonObject envelope = object(text);
        if (!(envelope.get("name") instanceof JsonString name)) {
            throw new BadMessageException("bad-envelope", "The envelope needs a name, a JSON string.", "");
        }
        String word = name.getString();
        JsonValue data = envelope.getOrDefault("data", JsonValue.EMPTY_JSON_OBJECT);
        return switch (word) {
            case "join" -> new ClientMessage.Join(credentials(data, word), characters(data, word));
            case "refresh" -> new ClientMessage.Refresh(credentials(data, word));
            case "ping" -> new ClientMessage.Ping();
            case "unseen" -> unseen(data);
            case "content" -> content(data);
            case "seen" -> new ClientMessage.MarkSeen(List.copyOf(ids(data, word)));
            case "delete" -> new ClientMessage.Delete(List.copyOf(ids(data, word)));
            case "seenAll" -> new ClientMessage.MarkAllSeen(upTo(data));
            case "leave" -> new ClientMessage.Leave();
            default ->
                throw new BadMessageException(
                        "unknown-name",
                        "There is no such request; known are join, refresh, ping, unseen, content, seen, seenAll, delete, leave.",
                        WholeCharacters.cut(word, LONGEST_NAME));
        };
    }

    private static JsonObject object(String text) throws BadMessageException {
        JsonValue value;
        try (JsonParser parser = PARSERS.createParser(new StringReader(text))) {
            parser.next();
            value = parser.getValue();
            if (parser.hasNext()) { // something behind the value
                parser.next();
            }
        } catch (RuntimeException e) { // a parser may throw more than JsonException for hostile text
            throw new BadMessageException("bad-json", "That is not JSON.", "");
        }
        if (value instanceof JsonObject object) {
            return object;
        }
        throw new BadMessageException("bad-envelope", "An envelope is a JSON object with name and data.", "");
    }

    private static Credentials credentials(JsonValue data, String request) throws BadMessageException {
        if (data instanceof JsonObject object && object.containsKey("token")) {
            return token(object, request);
        }
        if (data instanceof JsonObject object
                && object.get("login") instanceof JsonString login
                && object.get("password") instanceof JsonString password) {
            if (login.getString().length() <= PasswordCredentials.MAX_CHARACTERS
                    && password.getString().length() <= PasswordCredentials.MAX_CHARACTERS) {
                return new PasswordCredentials(login.getString(), password.getString());
            }
        }
        throw new BadMessageException(
                "bad-login",
                request + " needs token, or login and password, JSON strings of at most "
                        + PasswordCredentials.MAX_CHARACTERS + " characters.",
                request);
    }

    private static Credentials token(JsonObject data, String request) throws BadMessageException {
        if (data.get("token") instanceof JsonString token
                && token.getString().length() <= TokenCredentials.MAX_CHARACTERS) {
            return new TokenCredentials(token.getString());
        }
        throw new BadMessageException(
                "bad-login",
                "token is a JSON string of at most " + TokenCredentials.MAX_CHARACTERS + " characters.",
                request);
    }

    /** Without a bound, whatever else is in the data is ignored, as with the earlier server. */
    private static ClientMessage unseen(JsonValue data) throws BadMessageException {
        OptionalInt characters = characters(data, "unseen");
        if (characters.isEmpty()) {
            return new ClientMessage.ReadUnseen();
        }
        return new ClientMessage.ReadNewestUnseen(before(data.asJsonObject(), "unseen"), characters.getAsInt());
    }

    private static ClientMessage content(JsonValue data) throws BadMessageException {
        OptionalInt characters = characters(data, "content");
        if (data instanceof JsonObject object) {
            Optional<String> before = before(object, "content");
            if (before.isPresent()) {
                return characters.isPresent()
                        ? new ClientMessage.ReadNewest(before, characters.getAsInt())
                        : new ClientMessage.ReadBefore(before.get());
            }
            if (object.get("page") instanceof JsonNumber page && page.isIntegral()) {
                return characters.isPresent()
                        ? first(page(page), characters.getAsInt())
                        : new ClientMessage.ReadPage(page(page));
            }
        }
        throw new BadMessageException(
                "bad-page",
                "content needs page, a whole number from 0, or before, the id of a notification.",
                "content");
    }

    private static ClientMessage first(int page, int characters) throws BadMessageException {
        if (page > 0) {
            throw new BadMessageException(
                    "bad-page",
                    "Only page 0 can have characters; those behind it are asked for with before.",
                    "content");
        }
        return new ClientMessage.ReadNewest(Optional.empty(), characters);
    }

    private static Optional<String> before(JsonObject data, String request) throws BadMessageException {
        if (!data.containsKey("before")) {
            return Optional.empty();
        }
        if (data.get("before") instanceof JsonString id && NotificationIds.isId(id.getString())) {
            return Optional.of(id.getString());
        }
        throw new BadMessageException("bad-page", "before is the id of a notification.", request);
    }

    private static Optional<String> upTo(JsonValue data) throws BadMessageException {
        if (!(data instanceof JsonObject object) || !object.containsKey("upTo")) {
            return Optional.empty();
        }
        if (object.get("upTo") instanceof JsonString id && NotificationIds.isId(id.getString())) {
            return Optional.of(id.getString());
        }
        throw new BadMessageException("bad-id", "upTo is the id of a notification.", "seenAll");
    }

    /** Reads the bound of the answer, if there is one. */
    private static OptionalInt characters(JsonValue data, String request) throws BadMessageException {
        if (!(data instanceof JsonObject object) || !object.containsKey("characters")) {
            return OptionalInt.empty();
        }
        if (object.get("characters") instanceof JsonNumber number && number.isIntegral()) {
            BigDecimal value = number.bigDecimalValue();
            if (value.compareTo(FEWEST_CHARACTERS) >= 0 && value.compareTo(MOST_CHARACTERS) <= 0) {
                return OptionalInt.of(value.intValue());
            }
        }
        throw new BadMessageException(
                "bad-page",
                "characters is a whole number from " + FEWEST_CHARACTERS + " to " + MOST_CHARACTERS + ".",
                request);
    }

    /** As with the earlier server, a negative page is the first. */
    private static int page(JsonNumber number) throws BadMessageException {
        try {
            return Math.max(0, number.intValueExact());
        } catch (ArithmeticException e) {
            throw new BadMessageException("bad-page", "There is no page with that number.", "content");
        }
    }

    private static Set<String> ids(JsonValue data, String request) throws BadMessageException {
        if (!(data instanceof JsonObject object) || !(object.get("ids") instanceof JsonArray array)) {
            throw new BadMessageException("bad-id", request + " needs ids, an array of notification ids.", request);
        }
        if (array.size() > MOST_IDS) {
            throw new BadMessageException(
                    "too-many-ids", "At most " + MOST_IDS + " ids can be given at once.", request);
        }
        Set<String> ids = new LinkedHashSet<>();
        for (JsonValue value : array) {
            if (!(value instanceof JsonString id) || !NotificationIds.isId(id.getString())) {
                throw new BadMessageException("bad-id", "An id is a string of 24 lower-case hex digits.", request);
            }
            ids.add(id.getString());
        }
        return ids;
    }
}
