package org.wsnotify.wire;

import jakarta.json.Json;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParserFactory;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * JSON in ASCII, which no browser, proxy or {@code <script>} changes, and arrays of strings. Safe for use by many
 * threads.
 */
public final class AsciiJson {

    private static final JsonParserFactory PARSERS = Json.createParserFactory(Map.of());

    private AsciiJson() {}

    /** Returns a text as a JSON string. */
    public static String quote(String text) {
        StringBuilder json = new StringBuilder(text.length() + 16).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> json.append("\\\"");
                case '\\' -> json.append("\\\\");
                case '\n' -> json.append("\\n");
                case '\r' -> json.append("\\r");
                case '\t' -> json.append("\\t");
                case '\b' -> json.append("\\b");
                case '\f' -> json.append("\\f");
                default -> append(json, c);
            }
        }
        return json.append('"').toString();
    }

    /** Returns the same JSON with every character outside ASCII escaped; such characters only occur in strings. */
    static String escape(String json) {
        StringBuilder ascii = new StringBuilder(json.length() + 16);
        for (int i = 0; i < json.length(); i++) {
            append(ascii, json.charAt(i));
        }
        return ascii.toString();
    }

    private static void append(StringBuilder json, char c) {
        if (c >= ' ' && c < 0x7f) {
            json.append(c);
        } else {
            json.append("\\u");
            for (int shift = 12; shift >= 0; shift -= 4) {
                json.append(Character.forDigit(c >> shift & 0xf, 16));
            }
        }
    }

    /** A text is no array of JSON strings. */
    public static final class NoStringsException extends Exception {
        private static final long serialVersionUID = 1L;

        NoStringsException() {
            super("not an array of JSON strings");
        }
    }

    /**
     * Reads an array of strings.
     *
     * @throws NoStringsException the text is no such array
     */
    public static List<String> strings(String text) throws NoStringsException {
        List<String> strings = new ArrayList<>();
        try (JsonParser parser = PARSERS.createParser(new StringReader(text))) {
            if (parser.next() != JsonParser.Event.START_ARRAY) {
                throw new NoStringsException();
            }
            JsonParser.Event event = parser.next();
            while (event == JsonParser.Event.VALUE_STRING) {
                strings.add(parser.getString());
                event = parser.next();
            }
            if (event != JsonParser.Event.END_ARRAY) {
                throw new NoStringsException();
            }
            if (parser.hasNext()) { // something behind the array
                parser.next();
                throw new NoStringsException();
            }
        } catch (RuntimeException e) { // a parser may throw more than JsonException for hostile text
            throw new NoStringsException();
        }
        return strings;
    }
}
