package org.wsnotify.http;

import jakarta.json.JsonNumber;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.math.BigDecimal;
import org.wsnotify.notification.WholeCharacters;

/** What is the id of a user: one rule for all requests. */
final class UserIds {

    /** The longest id, in characters. */
    static final int LONGEST = 256;

    /** Completes a sentence about an id that is wrong. */
    static final String RULE = "a whole number or a string of 1 to " + LONGEST + " characters";

    private UserIds() {}

    /** Returns the id that a JSON value is; a text that is not valid if it is none. */
    static String of(JsonValue id) {
        if (id instanceof JsonString text) {
            return text.getString();
        }
        return id instanceof JsonNumber number ? whole(number.bigDecimalValue()) : "";
    }

    static boolean isValid(String id) {
        return !id.isBlank() && id.length() <= LONGEST && WholeCharacters.in(id);
    }

    /**
     * Returns the value of a number as digits: {@code 1}, {@code 1.0} and {@code 1e0} are the user {@code "1"}, for
     * publishers whose language has only floating-point numbers. Returns an empty text for a fraction, and for a number
     * as long as {@code 1e999999999}.
     */
    private static String whole(BigDecimal number) {
        BigDecimal value = number.stripTrailingZeros();
        long digits = (long) value.precision() - value.scale();
        return value.scale() <= 0 && digits <= LONGEST ? value.toPlainString() : "";
    }
}
