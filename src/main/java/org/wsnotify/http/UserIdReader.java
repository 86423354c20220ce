package org.wsnotify.http;

import jakarta.json.JsonNumber;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.math.BigDecimal;
import org.wsnotify.notification.UserIds;

/** Reads the ids of users in requests. */
final class UserIdReader {

    /** Completes a sentence about an id that is wrong. */
    static final String RULE = "a whole number or a string of 1 to " + UserIds.LONGEST + " characters";

    private UserIdReader() {}

    /** Returns the id that a JSON value is; a text that is not valid if it is none. */
    static String of(JsonValue id) {
        if (id instanceof JsonString text) {
            return text.getString();
        }
        return id instanceof JsonNumber number ? whole(number.bigDecimalValue()) : "";
    }

    /**
     * Returns the value of a number as digits: {@code 1}, {@code 1.0} and {@code 1e0} are the user {@code "1"}, for
     * publishers whose language has only floating-point numbers. Returns an empty text for a fraction, and for a number
     * as long as {@code 1e999999999}.
     */
    private static String whole(BigDecimal number) {
        BigDecimal value = number.stripTrailingZeros();
        long digits = (long) value.precision() - value.scale();
        return value.scale() <= 0 && digits <= UserIds.LONGEST ? value.toPlainString() : "";
    }
}
