package org.wsnotify.http;

import jakarta.json.Json;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParserFactory;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.wsnotify.problem.ProblemCode;

/**
 * Limits what a body may consist of. Each value, pair or part takes many times its bytes in memory, so they are counted
 * before they are built. Immutable.
 *
 * @param values most JSON values in a text, and most pairs in a form
 */
record BodyBounds(int values) {

    /** Most levels of JSON; a publication needs three. */
    static final int DEPTH = 16;

    /** Most parts of a multipart body. */
    static final int PARTS = 100;

    /** Most bytes in the headers of a part. */
    static final int PART_HEADERS = 8192;

    /** The longest boundary (RFC 2046, 5.1.1). */
    private static final int BOUNDARY = 70;

    private static final int VALUES_OF_A_USER = 8;
    private static final int OTHER_VALUES = 1000;
    private static final JsonParserFactory PARSERS = Json.createParserFactory(Map.of());

    /** Returns bounds that allow any publication to so many users. */
    static BodyBounds forUsers(int most) {
        return new BodyBounds(most * VALUES_OF_A_USER + OTHER_VALUES);
    }

    /**
     * Reads a JSON text to its end, which a {@code JsonReader} does not, and builds nothing.
     *
     * @throws ProblemException there are too many values or levels
     * @throws RuntimeException the text is malformed, as the parser reports it
     */
    void checkJson(String text) {
        int depth = 0;
        int count = 0;
        try (JsonParser parser = PARSERS.createParser(new StringReader(text))) {
            while (parser.hasNext()) {
                switch (parser.next()) {
                    case START_ARRAY, START_OBJECT -> {
                        depth++;
                        count++;
                    }
                    case END_ARRAY, END_OBJECT -> depth--;
                    case KEY_NAME -> {}
                    default -> count++;
                }
                if (depth > DEPTH || count > values) {
                    throw new ProblemException(
                            ProblemCode.BAD_JSON,
                            "JSON may have at most " + DEPTH + " levels and, with this server's settings, " + values
                                    + " values.");
                }
            }
        }
    }

    /** Whether a form has few enough pairs. */
    boolean allowsForm(String text) {
        return text.chars().filter(c -> c == '&').count() < values;
    }

    /**
     * Counts the parts of a multipart body.
     *
     * @param boundary as the content type names it; null for none
     */
    static void checkParts(byte[] body, String boundary) {
        if (boundary == null || boundary.isEmpty() || boundary.length() > BOUNDARY) {
            throw new ProblemException(
                    ProblemCode.BAD_MULTIPART,
                    "multipart/form-data must have a boundary of 1 to " + BOUNDARY + " characters.");
        }
        String bytes = new String(body, StandardCharsets.ISO_8859_1);
        String delimiter = "--" + boundary;
        int parts = 0;
        for (int at = bytes.indexOf(delimiter); at >= 0; at = bytes.indexOf(delimiter, at + delimiter.length())) {
            if (at > 0 && bytes.charAt(at - 1) != '\n' && bytes.charAt(at - 1) != '\r') {
                continue; // text, since a delimiter begins a line
            }
            parts++;
            if (parts > PARTS + 1 || !hasShortHead(bytes, at + delimiter.length())) {
                throw new ProblemException(
                        ProblemCode.BAD_MULTIPART,
                        "A multipart body may have at most " + PARTS + " parts, each with at most " + PART_HEADERS
                                + " bytes of headers.");
            }
        }
    }

    /** Whether the headers of a part end soon. No part follows the last delimiter. */
    private static boolean hasShortHead(String bytes, int from) {
        if (bytes.startsWith("--", from)) {
            return true;
        }
        String head = bytes.substring(from, Math.min(bytes.length(), from + PART_HEADERS));
        return head.contains("\r\n\r\n") || head.contains("\n\n") || from + PART_HEADERS >= bytes.length();
    }
}
