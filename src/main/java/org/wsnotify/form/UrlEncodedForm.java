package org.wsnotify.form;

import java.util.function.BiConsumer;

/** Reads {@code application/x-www-form-urlencoded} in UTF-8 (URL Standard, 5.1), strictly. */
public final class UrlEncodedForm {

    private UrlEncodedForm() {}

    /**
     * Reads a form, or the query of a URI.
     *
     * @param field takes each decoded name and value, in the order of the form
     * @throws MalformedFormException a name or a value is malformed; the fields before it were handed over
     */
    public static void read(String text, BiConsumer<String, String> field) {
        int start = 0;
        while (start < text.length()) {
            int ampersand = text.indexOf('&', start);
            int end = ampersand < 0 ? text.length() : ampersand;
            if (end > start) {
                readPair(text.substring(start, end), field);
            }
            start = end + 1;
        }
    }

    private static void readPair(String pair, BiConsumer<String, String> field) {
        int equals = pair.indexOf('=');
        String name = equals < 0 ? pair : pair.substring(0, equals);
        String value = equals < 0 ? "" : pair.substring(equals + 1);
        field.accept(decode(name), decode(value));
    }

    private static String decode(String text) {
        return PercentEncoding.decode(text.replace('+', ' '));
    }
}
